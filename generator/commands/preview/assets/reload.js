// Only when served: the server says when a page was saved.
(() => {
  const stream = new EventSource("events");
  let seen = null;
  stream.addEventListener("message", (event) => {
    if (seen !== null && seen !== event.data) location.reload();
    seen = event.data;
  });
})();
