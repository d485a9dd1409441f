"""How well PDFs are read, counted on real papers that a person has looked at.

    python tests/benchmarks/pdf_reading.py FOLDER [--crops DIR]
    python tests/benchmarks/pdf_reading.py --kinds [--styles N]

FOLDER holds the papers named below (they are not part of the project). Counted are title and authors, headings,
pages with interleaved columns, figures and tables with the right caption, and the time for a page beside that of
PyMuPDF's plain text and of pdftotext. `--crops` writes the pictures, to be looked at.

`--kinds` counts the share of the statements that are read in made papers of every kind that text was lost from, each
in N styles of type, size, sheet, columns and headings (tests/server/papers/pdf_kinds.py).
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import time
import unicodedata
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pymupdf

sys.path.insert(0, str(Path(__file__).parents[2]))
sys.path.insert(0, str(Path(__file__).parents[2] / "server"))

from arxiv_gloss.errors import GlossError
from arxiv_gloss.papers.document import Document
from arxiv_gloss.papers.pdf.figures import crop
from arxiv_gloss.papers.pdf.process import read_document
from arxiv_gloss.papers.pdf.reader import parse_pdf
from tests.server.papers.pdf_kinds import STYLES, kinds


@dataclass(frozen=True)
class Seen:
    """What a person sees in a paper."""

    title: str
    authors: tuple[str, ...]
    abstract: tuple[str, str]
    """How it begins and ends."""
    headings: tuple[str, ...]
    """All but the abstract's, keywords' and the bibliography's."""
    captions: tuple[tuple[str, str, int, str], ...] = ()
    """kind, number, page, how the caption begins"""


SEEN = {
    "1512.03905.pdf": Seen(
        "Compositeness of Near Threshold Quasi-Bound States",
        ("Yuki Kamiya", "Tetsuo Hyodo"),
        ("We study the compositeness of unstable hadrons", "have only small KK fraction."),
        (
            "INTRODUCTION",
            "MODEL-INDEPENDENT RELATIONS FOR BOUND STATES",
            "MODEL-INDEPENDENT RELATIONS FOR QUASI-BOUND STATES",
            "INTERPRETATION OF COMPLEX COMPOSITENESS",
            "APPLICATIONS TO EXOTIC HADRONS",
            "SUMMARY",
            "ACKNOWLEDGMENTS",
        ),
        (
            ("table", "1", 5, "Properties and results for"),
            ("table", "2", 5, "Properties and results for"),
            ("table", "3", 5, "Properties and results for"),
        ),
    ),
    "1706.03762.pdf": Seen(
        "Attention Is All You Need",
        (
            "Ashish Vaswani",
            "Noam Shazeer",
            "Niki Parmar",
            "Jakob Uszkoreit",
            "Llion Jones",
            "Aidan N. Gomez",
            "Łukasz Kaiser",
            "Illia Polosukhin",
        ),
        ("The dominant sequence transduction models", "both with large and limited training data."),
        (
            "1 Introduction",
            "2 Background",
            "3 Model Architecture",
            "3.1 Encoder and Decoder Stacks",
            "3.2 Attention",
            "3.2.1 Scaled Dot-Product Attention",
            "3.2.2 Multi-Head Attention",
            "3.2.3 Applications of Attention in our Model",
            "3.3 Position-wise Feed-Forward Networks",
            "3.4 Embeddings and Softmax",
            "3.5 Positional Encoding",
            "4 Why Self-Attention",
            "5 Training",
            "5.1 Training Data and Batching",
            "5.2 Hardware and Schedule",
            "5.3 Optimizer",
            "5.4 Regularization",
            "6 Results",
            "6.1 Machine Translation",
            "6.2 Model Variations",
            "6.3 English Constituency Parsing",
            "7 Conclusion",
            "Attention Visualizations",
        ),
        (
            ("figure", "1", 3, "The Transformer - model architecture."),
            ("figure", "2", 4, "(left) Scaled Dot-Product Attention."),
            ("table", "1", 6, "Maximum path lengths"),
            ("table", "2", 8, "The Transformer achieves better BLEU"),
            ("table", "3", 9, "Variations on the Transformer architecture."),
            ("table", "4", 9, "The Transformer generalizes well"),
            ("figure", "3", 13, "An example of the attention mechanism"),
            ("figure", "4", 14, "Two attention heads"),
            ("figure", "5", 15, "Many of the attention heads"),
        ),
    ),
    "1804.08269.pdf": Seen(
        "Construction of a local KN-πΣ-πΛ potential and composition of the Λ(1405)",
        ("Kenta Miyahara", "Tetsuo Hyodo", "Wolfram Weise"),
        ("A KN-πΣ-πΛ coupled-channel potential is constructed", "is dominated by the KN component."),
        (
            "I. INTRODUCTION",
            "II. CONSTRUCTION SCHEME FOR THE COUPLED-CHANNEL POTENTIAL",
            "A. Chiral SU(3) dynamics for meson-baryon scattering",
            "B. Construction of the equivalent potential",
            "C. Parametrization of the equivalent potential",
            "III. THE KN-πΣ-πΛ LOCAL POTENTIAL",
            "A. I = 0 potential",
            "B. I = 1 potential",
            "IV. ANALYSIS OF Λ(1405) COMPOSITION AND STRUCTURE",
            "A. Normalization and wave function with energy-dependent potential",
            "B. Application to Λ(1405)",
            "V. SUMMARY",
            "ACKNOWLEDGMENTS",
            "Appendix A: Scattering solutions of coupled-channel Schrödinger equation",
            "Appendix B: Range parameters of the potential",
            "Appendix C: Normalization and orthogonality conditions with energy-dependent potential",
        ),
        (
            ("figure", "1", 6, "Density plot of"),
            ("figure", "2", 7, "Scattering amplitudes in the"),
            ("figure", "3", 7, "Scattering amplitudes"),
            ("table", "I", 8, "Results of computations using"),
            ("figure", "4", 8, "Solid lines: volume integrals"),
            ("table", "II", 9, "Polynomial coefficients"),
            ("figure", "5", 9, "Scattering amplitudes"),
            ("figure", "6", 10, "Deviations"),
            ("figure", "7", 11, "Scattering amplitudes"),
            ("table", "III", 11, "Coefficients"),
            ("figure", "8", 12, "Scattering amplitudes"),
            ("table", "IV", 16, "Compositeness"),
            ("table", "V", 16, "Root-mean-squared distance"),
            ("figure", "9", 18, "Scattering amplitudes"),
        ),
    ),
    "2020.acl-main.447.pdf": Seen(
        "S2ORC: The Semantic Scholar Open Research Corpus",
        ("Kyle Lo", "Lucy Lu Wang", "Mark Neumann", "Rodney Kinney", "Daniel S. Weld"),
        ("We introduce S2ORC, a large corpus", "text mining over academic text."),
        (
            "1 Introduction",
            "2 Constructing the corpus",
            "2.1 Processing PDFs",
            "2.2 Processing LATEX source",
            "2.3 Selecting canonical metadata",
            "2.4 Assembling the corpus",
            "2.5 Filtering paper clusters",
            "2.6 Linking bibliographies to papers",
            "3 The S2ORC dataset",
            "4 Evaluation",
            "5 Pretraining BERT on S2ORC",
            "6 Applications of S2ORC",
            "7 Related work",
            "8 Conclusion",
            "Acknowledgements",
            "A Background & Terminology",
            "B PDF filters",
            "C The paper clustering problem",
            "D S2ORC evaluation criteria",
            "E Training corpus sizes for other language models",
            "F Numeric representations in S2ORC-SCIBERT",
        ),
        (
            ("figure", "1", 1, "Inline citations and references"),
            ("table", "1", 2, "A comparison of S2ORC"),
            ("table", "2", 4, "Post-processing data quality filters"),
            ("table", "3", 5, "Statistics on paper provenance."),
            ("figure", "2", 5, "Distribution of papers"),
            ("table", "4", 5, "Extraction and linking statistics"),
            ("table", "5", 6, "S2ORC-SCIBERT test results"),
            ("table", "6", 6, "Accuracy of paper clustering"),
            ("figure", "3", 7, "Word2vec embeddings"),
            ("table", "7", 7, "Sampled papers in clusters"),
            ("table", "8", 13, "PDFs filtered out"),
            ("table", "9", 14, "Reported and estimated"),
            ("figure", "4", 14, "Visualization of contextual"),
        ),
    ),
    "2202.00535v1.pdf": Seen(
        "Novelty Controlled Paraphrase Generation with Retrieval Augmented Conditional Prompt Tuning",
        ("Jishnu Ray Chowdhury", "Yong Zhuang", "Shuyi Wang"),
        ("Paraphrase generation is a fundamental", "inducing lexical novelty in the generation."),
        (
            "Introduction",
            "Task Definition",
            "Baselines",
            "Fine Tuning",
            "Adapter Tuning (AT)",
            "Low Rank Adaptation (LoRA)",
            "Prompt Tuning",
            "LoRA + Prompt Tuning (LPT)",
            "Proposed Approaches",
            "Retrieval Augmented Prompt Tuning (RAPT)",
            "Novelty Conditioned RAPT (NC-RAPT)",
            "Experiments",
            "Dataset",
            "Evaluation Metrics",
            "Experimental Details",
            "Experimental Results",
            "Analysis",
            "Hyperparameter Details",
            "Related Work",
            "Conclusion",
            "Acknowledgments",
        ),
        (
            ("table", "1", 4, "Examples of generated paraphrases"),
            ("table", "2", 4, "Comparison on the number"),
            ("table", "3", 4, "Dataset split sizes"),
            ("table", "4", 5, "Comparison of different approachs"),
            ("table", "5", 6, "Comparison of different approaches"),
            ("table", "6", 6, "Comparison with prior work"),
            ("table", "7", 7, "Comparison of kNN-based RAPT"),
            ("table", "8", 7, "Comparison of Prompt Tuning variants"),
            ("table", "9", 8, "Selected Hyperparameters."),
        ),
    ),
    "2206.10883v3.pdf": Seen(
        "Multi-LexSum: Real-World Summaries of Civil Rights Lawsuits at Multiple Granularities",
        ("Zejiang Shen", "Kyle Lo", "Lauren Yu", "Nathan Dahlberg", "Margo Schlanger", "Doug Downey"),
        ("With the advent of large language models", "to assist in the CRLC’s mission."),
        (
            "1 Introduction",
            "2 Related work",
            "2.1 Natural language processing for legal documents",
            "2.2 Summarization datasets in other domains",
            "3 Multi-LexSum",
            "3.1 Task definition",
            "3.2 Creating Multi-LexSum summaries",
            "3.3 Dataset characterization",
            "4 Experiments",
            "4.1 Experimental Setup",
            "4.2 Multi-doc legal case summarization",
            "4.3 Generating shorter summaries from the longer version",
            "4.4 Multitask training for summaries of different lengths",
            "5 Human evaluation",
            "6 Conclusion",
            "Acknowledgements",
            "A Multi-LexSum release",
            "A.1 Accessing Multi-LexSum",
            "A.2 Multi-LexSum distribution and maintenance",
            "B Multi-LexSum summary writing and reviewing guidelines",
            "B.1 Reading source documents",
            "B.2 Writing summaries",
            "B.3 Reviewing summaries",
            "C Usability study system design",
            "D Negative social impact",
            "E Multi-LexSum train-test split",
            "F Multi-LexSum datasheet",
            "Multi-LexSum Dataset Sheet",
            "MOTIVATION",
            "COMPOSITION",
            "COLLECTION PROCESS",
            "PREPROCESSING/CLEANING/LABELING",
            "USE",
            "DISTRIBUTION",
            "MAINTENANCE",
        ),
        (
            ("table", "1", 3, "Three different summaries"),
            ("figure", "1", 5, "The pipeline of creating"),
            ("table", "2", 6, "Comparison of Multi-LexSum"),
            ("table", "3", 7, "Performance of baseline models"),
            ("table", "4", 8, "Model performance for generating"),
            ("table", "5", 9, "Comparing BART performance"),
            ("table", "6", 17, "Rubrics for whether to include"),
            ("table", "7", 18, "Different Types of Source Documents"),
            ("figure", "2", 20, "Illustration of the key components"),
            ("table", "8", 21, "Multi-LexSum train-dev-test splits."),
            ("table", "9", 21, "The average and standard deviation"),
        ),
    ),
    "2302.07302v1.pdf": Seen(
        "CiteSee: Augmenting Citations in Scientific Papers with Persistent and Personalized Historical Context",
        (
            "Joseph Chee Chang",
            "Amy X. Zhang",
            "Jonathan Bragg",
            "Andrew Head",
            "Kyle Lo",
            "Doug Downey",
            "Daniel S. Weld",
        ),
        ("When reading a scholarly article, inline citations", "conducting real-world literature reviews."),
        (
            "1 INTRODUCTION",
            "2 RELATED WORK",
            "2.1 Scientific Paper Reading Interfaces",
            "2.2 Paper Recommendation and Exploration",
            "3 PRELIMINARY INTERVIEWS",
            "3.1 Fear of Overlooking Important Citations",
            "3.2 Progress Tracking and Loss of Context",
            "3.3 DESIGN GOALS",
            "4 SYSTEM DESIGN",
            "4.1 Overview of Citation Augmentation Types",
            "4.2 Example User Scenario",
            "4.3 [D1] Discover Relevant Citations",
            "4.4 [D2] Surfacing Familiar Papers",
            "4.5 [D3] Paper Cards with Personalized Context",
            "4.6 Implementation Details",
            "5 STUDY 1: DISCOVER RELEVANT CITATIONS",
            "5.1 Study 1 Limitations",
            "5.2 Study 1 Results",
            "6 STUDY 2: FIELD DEPLOYMENT",
            "6.1 Study 2 Results",
            "6.1.1 Global Citation Counts vs Reencountered Citations (D1,D3).",
            "6.1.2 Highlighting based on Engagement with other Papers (D1).",
            "6.1.3 Triaging between and within Papers (D1,D2).",
            "6.1.4 Remembering Papers from the Past (D2,D3).",
            "6.1.5 Sensemaking across Multiple Papers (D1,D2,D3).",
            "6.1.6 Volunteered Continued Usage in the Wild.",
            "7 LIMITATIONS AND FUTURE WORK",
            "8 CONCLUSION",
            "ACKNOWLEDGMENTS",
        ),
        (
            ("figure", "1", 1, "CiteSee augments inline citations"),
            ("figure", "2", 2, "[Left] To help users discover"),
            ("figure", "3", 4, "CiteSee augments inline citations"),
            ("figure", "4", 6, "Overview of different visual"),
            ("figure", "5", 7, "Users can adjust the length"),
            ("figure", "6", 9, "Overview of Study 1."),
            ("figure", "7", 10, "Probability of Likert responses"),
            ("figure", "8", 10, "Study 1: Coefficients"),
            ("table", "1", 11, "Literature review topics"),
            ("table", "2", 12, "Usage statistics from the field study"),
        ),
    ),
    "2407.10934v1_page1.pdf": Seen(
        "Benchmarking the readout of a superconducting qubit for repeated measurements",
        ("S. Hazra", "W. Dai", "T. Connolly", "P. D. Kurilovich", "Z. Wang", "L. Frunzio", "M. H. Devoret"),
        ("Readout of superconducting qubits faces", "for the composite operation."),
        (),
        (("figure", "1", 1, "A syndrome detection cycle in QEC."),),
    ),
    "cs_9912018.pdf": Seen(
        "Computation in an algebra of test selection criteria",
        ("Jan Pachl", "Shmuel Zaks"),
        ("One of the key concepts in testing", "An implementation of the algorithm is described."),
        (
            "1 Introduction",
            "2 Example",
            "3 A language for test selection criteria",
            "3.1 A general language schema",
            "3.2 Comparing criteria",
            "3.3 Enumerated types",
            "4 Worst-case complexity of two test selection problems",
            "4.1 Two basic problems",
            "4.2 Connections with boolean satisfiability",
            "4.3 Connections with graph colorability",
            "5 Algorithms for finding minimal adequate test sets",
            "5.1 An algorithm for normalized instances",
            "5.2 The cost of normalization",
            "5.3 Decomposition of instances",
            "5.4 Generalized decomposition",
            "6 Implementation issues",
            "7 Concluding remarks",
            "7.1 Related work",
            "7.2 Comparison with TSL",
            "7.3 Future work",
        ),
        (
            ("figure", "1", 6, "Parameter declarations for the example"),
            ("figure", "2", 24, "Algorithm for MalAS"),
            ("figure", "3", 32, "An instance to generate 3125 test points"),
        ),
    ),
    "hep-th_9108004.pdf": Seen(
        "GROUND RING OF TWO DIMENSIONAL STRING THEORY",
        ("Edward Witten",),
        ("String theories with two dimensional space-time", "and the time of the matrix model."),
        (
            "1. Introduction",
            "2. The Discrete States",
            "Coupling To Other Degrees Of Freedom",
            "2.1. Additional States At Other Values Of The Ghost Number",
            "2.2. The Ground Ring",
            "2.3. Determination Of The Ground Ring",
            "2.4. Determination Of The Chiral Symmetry Algebra",
            "The Other Operators",
            "2.5. The Quantum Symmetry Algebra",
            "2.6. Departures From The SU(2) Point",
            "3. The Uncompactified Theory; Comparison To The Matrix Model",
            "3.1. Symmetries Of The Matrix Model",
            "Conjectured Interpretation",
            "APPENDIX (1): BRST Analysis Of Some Low-Lying States",
            "3.2. Level One",
            "Relation Between Spin Zero Operators And Currents",
            "The Other Liouville Dressing",
            "3.3. Level Two",
            "APPENDIX (2): Functions And Vector Fields On Certain Quadrics",
        ),
    ),
    "hep-th_9109009.pdf": Seen(
        "Bi-Hamiltonian Structure of Super KP Hierarchy",
        ("Feng Yu",),
        ("We obtain the bi-Hamiltonian structure", "constraints on the super KP hierarchy."),
        (
            "1 Introduction",
            "2 Super KP Hierarchy in Hamiltonian Formalism",
            "3 Bi-Hamiltonian Structure",
            "4 Super BKP Hierarchy",
        ),
    ),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--kinds", action="store_true", help="read made papers of every kind instead")
    parser.add_argument("--styles", type=int, default=len(STYLES), help="how many styles of each kind")
    parser.add_argument("--crops", type=Path, help="write the crops of all figures here")
    arguments = parser.parse_args()
    if arguments.kinds:
        print_kinds(arguments.styles)
        return
    if arguments.folder is None:
        parser.error("name the folder of papers, or ask for --kinds")
    total = Count()
    print("paper                    front  headings extra mixed captions  ms/page   plain, pdftotext")
    for name, seen in SEEN.items():
        path = arguments.folder / name
        if path.exists():
            total.add(judge(path, seen, arguments.crops))
    print(total.line("all"))


@dataclass
class KindCount:
    """Of the papers of one kind."""

    papers: int = 0
    read: int = 0
    """Statements that were read."""
    statements: int = 0
    right: int = 0
    """Papers with the right abstract, the right notices, and nothing that is not theirs."""


def print_kinds(styles: int) -> None:
    counts: dict[str, KindCount] = {}
    step = max(1, len(STYLES) // styles)
    for kind in kinds(STYLES[::step][:styles]):
        count = counts.setdefault(kind.kind, KindCount())
        wanted = set(range(1, kind.statements + 1)) - kind.garbled
        count.papers, count.statements = count.papers + 1, count.statements + len(wanted)
        try:
            paper = read_document(kind.pdf)
        except GlossError as problem:
            print(f"    {kind.kind}, {kind.variant}: {problem.message}")
            continue
        text = " ".join(paragraph.text for section in paper.sections for paragraph in section.paragraphs)
        abstract = remarks(paper.abstract)
        count.read += len(wanted & {*abstract, *remarks(text)})
        notices = tuple((notice.code, notice.pages) for notice in paper.notices)
        right = kind.abstract <= 0 or abstract == list(range(1, kind.abstract + 1))
        right = right and not any(absent in text + paper.abstract for absent in kind.absent)
        count.right += right and notices == kind.notices
    print("kind                       papers  statements read   papers right")
    for name, one in counts.items():
        share = f"{one.read}/{one.statements} ({100 * one.read / one.statements:.1f} %)"
        print(f"{name:26} {one.papers:>6}  {share:>18} {one.right:>6}")


def remarks(text: str) -> list[int]:
    return [int(number) for number in re.findall(r"Remark (\d+)", text)]


@dataclass
class Count:
    papers: int = 0
    front: int = 0
    """Of title, authors and abstract, three for each paper."""
    headings: int = 0
    headings_seen: int = 0
    extra: int = 0
    """Headings that a person does not see."""
    mixed: int = 0
    """Pages on which a line goes on in the other column."""
    pages: int = 0
    captions: int = 0
    captions_seen: int = 0
    seconds: float = 0.0
    plain: float = 0.0
    pdftotext: float = 0.0

    def add(self, other: Count) -> None:
        for field in self.__dataclass_fields__:
            setattr(self, field, getattr(self, field) + getattr(other, field))

    def line(self, name: str) -> str:
        def each(seconds: float) -> str:
            return f"{1000 * seconds / max(1, self.pages):.0f}"

        return (
            f"{name:24} {self.front:>2}/{3 * self.papers:<2} {self.headings:>4}/{self.headings_seen:<4} {self.extra:>5}"
            f" {self.mixed:>5} {self.captions:>4}/{self.captions_seen:<3} {each(self.seconds):>8}"
            f"   {each(self.plain)}, {each(self.pdftotext) if self.pdftotext else '-'}"
        )


def judge(path: Path, seen: Seen, crops: Path | None) -> Count:
    """Reads one paper and compares it with what a person sees; prints what differs."""
    with pymupdf.open(path) as pdf:
        begun = time.process_time()
        paper = parse_pdf(pdf)
        seconds = time.process_time() - begun
        begun = time.process_time()
        for number in range(pdf.page_count):
            pdf[number].get_text()
        plain = time.process_time() - begun
        mixed = [number + 1 for number in range(pdf.page_count) if is_mixed(pdf[number], paper)]
        if crops:
            write_crops(pdf, paper, crops / path.stem)
    count = Count(1, pages=paper.pages or 0, seconds=seconds, plain=plain, pdftotext=pdftotext(path), mixed=len(mixed))
    count.front = compare_front(paper, seen)
    found = [plainly(section.title) for section in paper.sections if section.title]
    wanted = [plainly(heading) for heading in seen.headings]
    missing = [heading for heading in seen.headings if plainly(heading) not in found]
    extra = [section.title for section in paper.sections if section.title and plainly(section.title) not in wanted]
    count.headings_seen, count.headings, count.extra = len(wanted), len(wanted) - len(missing), len(extra)
    count.captions_seen = len(seen.captions)
    wrong = [caption for caption in seen.captions if not has_caption(paper, caption)]
    count.captions = len(seen.captions) - len(wrong)
    print(count.line(path.name))
    for word, things in (("missing", missing), ("extra", extra), ("mixed pages", mixed), ("captions", wrong)):
        if things:
            print(f"    {word}: {things}")
    return count


def compare_front(paper: Document, seen: Seen) -> int:
    abstract = plainly(paper.abstract)
    right = (
        plainly(paper.title) == plainly(seen.title),
        sorted(paper.authors) == sorted(seen.authors),
        abstract.startswith(plainly(seen.abstract[0])) and abstract.endswith(plainly(seen.abstract[1])),
    )
    for name, is_right in zip(("title", "authors", "abstract"), right, strict=True):
        if not is_right:
            print(f"    {name}: {getattr(paper, name)!r}")
    return sum(right)


def has_caption(paper: Document, wanted: tuple[str, str, int, str]) -> bool:
    """Whether the figure was found on its page with its caption's beginning, and a picture."""
    kind, number, page, text = wanted
    return any(
        (figure.kind, figure.number, figure.page) == (kind, number, page)
        and figure.box is not None
        and plainly(figure.caption).startswith(plainly(text))
        for figure in paper.figures
    )


def plainly(text: str) -> str:
    """Letters and digits alone, formulas and accents set aside."""
    text = unicodedata.normalize("NFKD", text.replace("$", ""))
    return re.sub(r"[^a-z0-9]", "", text.lower())


def is_mixed(page: pymupdf.Page, paper: Document) -> bool:
    """Whether a line of the page goes on, in the paper's text, with the beginning of a line of another column.

    MuPDF's own blocks are the witness: none of them holds two columns.
    """
    whole = "|".join(plainly(text) for text in texts(paper))
    lines = [
        (block["number"], line["bbox"], plainly("".join(span["text"] for span in line["spans"])))
        for block in page.get_text("dict", flags=pymupdf.TEXTFLAGS_TEXT)["blocks"]
        for line in block.get("lines", ())
        if line["dir"] == (1.0, 0.0)
    ]
    heads = [(box, text[:12]) for _, box, text in lines if len(text) >= 25]
    for (block, box, upper), (next_block, _, lower) in pairwise(lines):
        if block != next_block or len(upper) < 25 or len(lower) < 25 or upper[-12:] + lower[:12] in whole:
            continue
        place = whole.find(upper[-12:])
        goes_on = whole[place + 12 : place + 24] if place >= 0 else ""
        if any(goes_on == head and (other[0] > box[2] or other[2] < box[0]) for other, head in heads):
            return True
    return False


def texts(paper: Document) -> list[str]:
    sections = [paragraph.text for section in paper.sections for paragraph in section.paragraphs]
    captions = [figure.caption for figure in paper.figures]
    notes = [note.text for note in paper.footnotes]
    return [paper.title, paper.abstract, *sections, *captions, *notes, *paper.references]


def pdftotext(path: Path) -> float:
    """Seconds of `pdftotext -layout`, or 0 where it is not installed."""
    program = shutil.which("pdftotext")
    if program is None:
        return 0.0
    begun = time.perf_counter()
    subprocess.run([program, "-layout", str(path), "-"], capture_output=True, check=False)
    return time.perf_counter() - begun


def write_crops(pdf: pymupdf.Document, paper: Document, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for figure in paper.figures:
        if figure.box and figure.page:
            png = crop(pdf[figure.page - 1], figure.box)
            (folder / f"{figure.kind}-{figure.number}.png").write_bytes(png)


if __name__ == "__main__":
    main()
