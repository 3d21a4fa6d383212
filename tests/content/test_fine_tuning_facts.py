"""Figures of `fine-tuning.md` and `sft-and-training.md`, computed anew."""

import contextlib
import io
import math
import re

import pytest

from tests.content.pages import cards

H100_FLOPS = 989e12


def printed(name: str, number: int = 0) -> str:
    """Return what a block of a card prints."""
    python = [block for block in cards()[name].blocks if block.is_python]
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(python[number].code, name, "exec"), {})
    return out.getvalue()


def test_geometric_mean_probability_of_a_loss() -> None:
    """`finetune-second-epoch-drop`: e^-loss."""
    card = cards()["finetune-second-epoch-drop"]
    for loss, said in re.findall(r"\$e\^\{-([\d.]+)\}=([\d.]+)\$", card.body):
        assert math.exp(-float(loss)) == pytest.approx(float(said), abs=5e-3)
    assert card.number(r"loss of ([\d.]+) in epoch 1") == 1.2


def test_bytes_of_full_fine_tuning() -> None:
    """`finetune-vram`: the column adds up, for a parameter and for 7B."""
    card = cards()["finetune-vram"]
    rows = re.findall(r"^\| [^|*]+ \| (\d+) \| (\d+) GB \|$", card.body, re.M)
    assert len(rows) == 4
    assert all(7 * int(each) == int(size) for each, size in rows)
    total = sum(int(each) for each, _ in rows)
    assert total == card.number(r"\*\*(\d+)\*\* \| \*\*\d+ GB") == card.number(r"==(\d+) bytes")
    assert 7 * total == card.number(r"\*\*(\d+) GB\*\*") == card.number(r": (\d+) GB for 7B")
    assert 7 * (2 + 2 + 4 + 2) == card.number(r"per parameter, (\d+) GB\)")


def test_bytes_of_activations_and_logits() -> None:
    """`finetune-vram`: 34 s b h L, checkpoints and logits."""
    card = cards()["finetune-vram"]
    s, h, layers = (
        card.number(r"For \$s=(\d+)\$"),
        card.number(r"h=(\d+)\$"),
        card.number(r"L=(\d+)\$"),
    )
    assert 34 * s * h * layers / 1e9 == pytest.approx(
        card.number(r"\$: ([\d.]+) GB\. With"), abs=0.05
    )
    assert 2 * s * h * layers / 1e9 == pytest.approx(card.number(r"sbhL\$ = ([\d.]+) GB"), abs=5e-3)
    said = card.number(r"fp32, ([\d.]+) GB")
    assert 4 * s * 128_000 / 1e9 == pytest.approx(said, abs=5e-3)


def test_farthest_first_prints_what_the_comment_says() -> None:
    """`finetune-prompt-representativeness`: the picks."""
    assert "# " + printed("finetune-prompt-representativeness").strip() in (
        cards()["finetune-prompt-representativeness"].body
    )


def test_only_answers_are_learned() -> None:
    """`finetune-input-output-format`: the block's own assertion holds."""
    assert printed("finetune-input-output-format") == ""


def test_intervals_of_an_accuracy() -> None:
    """`finetune-domain-evaluation`: half widths and sizes at p = 0.8."""
    card = cards()["finetune-domain-evaluation"]

    def half(n: float) -> float:
        return 196 * math.sqrt(0.8 * 0.2 / n)

    assert half(100) == pytest.approx(card.number(r"n=100\$ gives ±([\d.]+)"), abs=0.05)
    assert half(400) == pytest.approx(card.number(r"400 ±([\d.]+)"), abs=0.05)
    assert half(200) == pytest.approx(card.number(r"interval is ±([\d.]+)\. "), abs=0.05)
    size = card.number(r"you need ([\d,]+)\.")
    assert half(size) <= 2 < half(size - 1)


def test_bits_of_knowledge() -> None:
    """`finetune-more-knowledge`: 2 bits for each of 7 billion weights."""
    card = cards()["finetune-more-knowledge"]
    assert 2 * 7e9 / 8 / 1e9 == card.number(r"bits = ([\d.]+) GB")


def test_rows_of_a_larger_vocabulary() -> None:
    """`finetune-vocabulary-expansion`: input and output rows."""
    card = cards()["finetune-vocabulary-expansion"]
    tokens, d = card.number(r"([\d,]+) tokens at"), card.number(r"\$d=(\d+)\$")
    assert 2 * tokens * d / 1e6 == pytest.approx(card.number(r"are (\d+) M\."), abs=0.5)


def test_cost_of_a_7b_run() -> None:
    """`finetune-train-your-own`: hours, dollars and days."""
    card = cards()["finetune-train-your-own"]
    hours = 6 * 7e9 * 2e12 / 3600 / H100_FLOPS / 0.4
    assert hours == pytest.approx(card.number(r"about ([\d,]+) H100 hours"), rel=5e-3)
    assert 2 * hours == pytest.approx(card.number(r"hour: ([\d,]+) USD"), rel=5e-3)
    assert hours / 24 / 256 == pytest.approx(card.number(r"or ([\d.]+) days on 256"), abs=0.05)


def test_audit_interval() -> None:
    """`sft-data-properties`: Wilson's interval of 4 errors in 200."""
    card = cards()["sft-data-properties"]
    n, hits, z = card.number(r"audit (\d+)"), card.number(r"with (\d+) errors"), 1.96
    p = hits / n
    assert 100 * p == card.number(r"rate is (\d+) %")
    middle = (p + z * z / 2 / n) / (1 + z * z / n)
    half = z * math.sqrt(p * (1 - p) / n + z * z / 4 / n / n) / (1 + z * z / n)
    assert 100 * (middle - half) == pytest.approx(card.number(r"interval ([\d.]+)–"), abs=0.05)
    assert 100 * (middle + half) == pytest.approx(card.number(r"–([\d.]+) %"), abs=0.05)


def test_cost_of_a_cascade() -> None:
    """`sft-large-or-small`: everything through the small model, a part through the large."""
    card = cards()["sft-large-or-small"]
    share = card.number(r"escalates (\d+) %") / 100
    assert 7 / 70 + share == pytest.approx(card.number(r"=([\d.]+)\$ of the large"))


def test_tempered_shares() -> None:
    """`sft-multitask-balance`: table, program and repeats."""
    card = cards()["sft-multitask-balance"]
    sizes = (900_000, 90_000, 10_000)
    rows = re.findall(r"^\| (\d) \| ([\d.]+) \| ([\d.]+) \| ([\d.]+) \|$", card.body, re.M)
    assert len(rows) == 3
    for t, *said in rows:
        weights = [n ** (1 / int(t)) for n in sizes]
        ours = [w / sum(weights) for w in weights]
        assert ours == pytest.approx([float(s) for s in said], abs=6e-4)
        assert f"{t} [{', '.join(str(float(s)) for s in said)}]" in printed(card.id)
    assert 1e6 * float(rows[2][3]) / sizes[2] == card.number(r"seen (\d+) times")


def test_bytes_of_13b_on_eight_gpus() -> None:
    """`training-parallelism`: DDP and the three stages of ZeRO, and the bubble."""
    card = cards()["training-parallelism"]
    n, gpus = 13, 8
    said = re.search(
        r"DDP (\d+) GB each, ZeRO-1 ([\d.]+), ZeRO-2 ([\d.]+), ZeRO-3 (\d+)", card.body
    )
    assert said
    ours = [16 * n, 4 * n + 12 * n / gpus, 2 * n + 14 * n / gpus, 16 * n / gpus]
    assert ours == [float(value) for value in said.groups()]
    p, m = card.number(r"p=(\d+)\$, \$m"), card.number(r"m=(\d+)\$")
    assert 100 * (p - 1) / (m + p - 1) == pytest.approx(
        card.number(r"([\d.]+) % for \$p"), abs=0.05
    )


def test_mfu_of_a_7b_model() -> None:
    """`training-tips`: 10,000 tokens a second."""
    card = cards()["training-tips"]
    speed = card.number(r"with ([\d,]+) tokens/s")
    assert 600 * 7e9 * speed / H100_FLOPS == pytest.approx(card.number(r"has (\d+) %"), abs=0.5)


def test_compute_optimal_size() -> None:
    """`training-model-size`: N* and D* for 10^21 FLOPs, hours, and where serving weighs as much."""
    card = cards()["training-model-size"]
    n = math.sqrt(1e21 / 120)
    assert 6 * n * 20 * n == pytest.approx(1e21)
    assert n / 1e9 == pytest.approx(card.number(r"N\^\\star=([\d.]+)\$ B"), abs=0.05)
    assert 20 * n / 1e9 == pytest.approx(card.number(r"D\^\\star=(\d+)\$ B"), abs=0.5)
    assert 1e21 / 3600 / H100_FLOPS / 0.4 == pytest.approx(
        card.number(r"(\d+) H100 hours"), abs=0.5
    )
    assert 2 * card.number(r"inf\}\}=(\d)D\$") == 6


def test_ridge_point() -> None:
    """`training-gpu-choice`: FLOPs over bandwidth, from the table."""
    card = cards()["training-gpu-choice"]
    flops = card.number(r"H100 \| 80 \| [\d.]+ \| (\d+) \|")
    bandwidth = card.number(r"H100 \| 80 \| ([\d.]+) \|")
    assert flops / bandwidth == pytest.approx(card.number(r"bandwidth: (\d+) FLOP"), abs=0.5)
