"""The beam: repeated n-grams are refused, required slots are met, the best finished hypothesis wins."""

from __future__ import annotations

from msgspec.structs import replace

from arxiv_gloss.engine.bundle import Decoding, Ids
from arxiv_gloss.engine.glosser.beam_search import BeamSearch, SentenceLimit, max_length
from arxiv_gloss.engine.glosser.logits_mask import logits_mask
from arxiv_gloss.engine.logits_processors import NoRepeatNgram
from arxiv_gloss.engine.protocol import RowRequest

IDS = Ids()
END = IDS.end - IDS.base
PIECE = IDS.first_piece - IDS.base


def decoding(beam: int) -> Decoding:
    return Decoding(no_repeat_ngram_size=3, length_factor=2, length_constant=4, length_limit=20, beam=beam)


def run(search: BeamSearch, offers: list[dict[int, float]]) -> tuple[tuple[int, ...], bool]:
    """Give every hypothesis the same scores at each step: {token: log probability}."""
    for offer in offers:
        count = len(search.beams)
        tokens = sorted(offer, key=lambda token: -offer[token])
        scores = [offer[token] for token in tokens]
        if not search.advance([scores] * count, [tokens] * count, lambda beam, slot: -5.0):
            break
    found, complete = search.result
    return found.tokens, complete


def test_greedy_takes_the_best_until_the_end() -> None:
    search = BeamSearch(IDS, decoding(1), RowRequest("translate", 0), 20)
    said, complete = run(search, [{PIECE: -0.1, END: -3}, {PIECE + 1: -0.2, END: -2}, {END: -0.1, PIECE: -4}])
    assert (said, complete) == ((PIECE, PIECE + 1), True)


def test_a_beam_finds_what_greedy_misses() -> None:
    offers = [{PIECE: -0.1, PIECE + 1: -0.2, END: -9}, {END: -0.1, PIECE + 2: -0.2}]
    said, _ = run(BeamSearch(IDS, decoding(2), RowRequest("translate", 0), 20), offers)
    assert said == (PIECE,)


def test_a_hypothesis_that_falls_far_behind_is_dropped() -> None:
    offers = [{PIECE: -0.1, PIECE + 1: -2.0, END: -9}]
    for prune, lines in ((1.0, 1), (3.0, 2)):
        search = BeamSearch(IDS, replace(decoding(4), prune=prune), RowRequest("translate", 0), 20)
        run(search, offers)
        assert len(search.beams) == lines
    owing = BeamSearch(IDS, replace(decoding(2), prune=1.0), RowRequest("translate", 0, frozenset({3})), 20)
    run(owing, offers)
    assert [one.unmet for one in owing.beams] == [{3}, set()], "it holds the slot, so it stays"


def test_a_third_of_a_repeated_run_is_refused_but_slots_may_repeat() -> None:
    assert NoRepeatNgram(3).refused((7, 8, 9, 7, 8)) == {9}
    assert NoRepeatNgram(3).refused((7, 8)) == set()
    assert NoRepeatNgram(3, first=10).refused((7, 8, 9, 7, 8)) == set()
    loop = [{PIECE: -0.1, PIECE + 1: -3}] * 12
    said, complete = run(BeamSearch(IDS, decoding(1), RowRequest("translate", 0), 12), loop)
    assert not complete
    runs = [said[k : k + 3] for k in range(len(said) - 2)]
    assert len(runs) == len(set(runs)) > 1


def test_nothing_but_a_letter_follows_itself() -> None:
    rules = replace(decoding(1), no_immediate_repeat=True)
    offers = [{PIECE: -0.1, 5: -0.3, END: -9}, {PIECE: -0.1, 5: -0.3, END: -9}, {5: -0.1, PIECE: -0.3, END: -9}]
    stop = [{END: -0.1, PIECE: -5}]
    assert run(BeamSearch(IDS, rules, RowRequest("translate", 0), 12), offers + stop)[0] == (PIECE, 5, PIECE)
    lettered = BeamSearch(IDS, rules, RowRequest("translate", 0), 12, letters=frozenset({PIECE}))
    assert run(lettered, offers + stop)[0] == (PIECE, PIECE, 5)
    assert run(BeamSearch(IDS, decoding(1), RowRequest("translate", 0), 12), offers[2:] * 2 + stop)[0] == (5, 5)


def test_a_required_slot_comes_before_the_end() -> None:
    search = BeamSearch(IDS, decoding(2), RowRequest("translate", 0, required_slots=frozenset({3})), 20)
    said, complete = run(search, [{PIECE: -0.1, END: -0.2}, {END: -0.1, 3: -0.9}, {END: -0.1, PIECE + 2: -2}])
    assert complete
    assert 3 in said


STOP = PIECE + 9
OWING = RowRequest("translate", 0, required_slots=frozenset({3}))


def test_a_sentence_that_lacks_a_slot_is_not_begun_again() -> None:
    """The slot would come at -5, in another sentence; the end at once costs less than that omission."""
    offers: list[dict[int, float]] = [
        {PIECE: -0.1},
        {STOP: -0.1, PIECE + 1: -4},
        {PIECE + 2: -3, END: -3},
        {STOP: -3, PIECE: -3},
    ]
    search = BeamSearch(IDS, decoding(2), OWING, 20, sentences=SentenceLimit(frozenset({STOP})))
    assert run(search, offers) == ((PIECE, STOP), True)


def test_a_sentence_that_says_its_slot_well_is_preferred_to_one_without() -> None:
    offers = [{PIECE: -0.1, 3: -0.3}, {STOP: -0.1, PIECE + 1: -0.6}, {END: -0.1}]
    search = BeamSearch(IDS, decoding(2), OWING, 20, sentences=SentenceLimit(frozenset({STOP})))
    assert run(search, offers) == ((3, STOP), True)


def test_a_row_has_as_many_sentences_as_its_source() -> None:
    limit = SentenceLimit(frozenset({STOP}), 2)
    assert not limit.is_reached(())
    assert not limit.is_reached((PIECE, STOP))
    assert not limit.is_reached((PIECE, STOP, PIECE))
    assert limit.is_reached((PIECE, STOP, PIECE, STOP))
    offers = [{STOP: -0.1}, {PIECE: -0.1, END: -0.5}, {END: -0.1}]
    search = BeamSearch(IDS, decoding(1), RowRequest("translate", 0), 20, sentences=SentenceLimit(frozenset({STOP})))
    assert run(search, offers) == ((STOP,), True)


def test_a_row_that_never_ends_is_cut_off_at_its_limit() -> None:
    offers = [{PIECE + k: -0.1} for k in range(9)]
    said, complete = run(BeamSearch(IDS, decoding(1), RowRequest("translate", 0), 5), offers)
    assert (len(said), complete) == (5, False)


def test_only_slots_of_the_source_may_be_said() -> None:
    source = [5, IDS.base + 2, 6, IDS.base + 4]
    mask = logits_mask(IDS, PIECE + 10, source, RowRequest("translate", 0, forbidden_slots=frozenset({4})))
    assert [k for k in range(IDS.slots) if mask[k] == 0] == [2]
    assert mask[END] == 0
    assert mask[IDS.task("gist") - IDS.base] < -1e8
    assert (mask[PIECE:] == 0).all()


def test_the_length_guard_grows_with_the_source() -> None:
    assert max_length(decoding(1), 3) == 10
    assert max_length(decoding(1), 100) == 20
