"""Sentences that speak to whoever processes them. A model that follows instructions is not given them: the shipped
model, which follows none, translates them like any other. Abstracts hardly ever say `you`, so that little is lost."""

from __future__ import annotations

import re
import unicodedata

_SPEAKS = re.compile(
    r"""
    \b(?:you|your|yours|yourself)\b
    | \b(?:ignore|disregard|forget|override|bypass)\b [^.]*
        \b(?:instruction|rule|prompt|task|order|sentence|text|above)s?\b
    | ^[\W_]* (?:please\s+|now\s+|also\s+)? (?:ignore|disregard|forget|stop|repeat|output|print|reply|respond|answer
        | append|translate|condense|summari[sz]e|decode|pretend|tell|say|replace|leave\ out|do\ not|don't)\b
    | \b(?:system|assistant|user|human|ai)\s*: | \b(?:note|message|instructions?)\ (?:to|for)\ (?:the\ |all\ |any\ )?
        (?:\w+\ )?(?:language\ model|model|assistant|ai|llm|reviewer|translator)s?\b
    | \b(?:ask|tell|told|order|lead|led|instruct|make)(?:s|ed|ing)?\ the\ (?:model|assistant|translator)\b
    | \bthe\ (?:model|assistant|translator)\ (?:should|must|is\ (?:told|asked|led|ordered))\b
    | \b(?:reply|respond|answer)\ (?:with|in|only|nothing)?\b | \beach\ answer\b | \bnew\ task\b
    | \bwhatever\ the\ (?:text|sentence|abstract)\b | <\|
    """,
    re.I | re.X,
)


def speaks_to_a_model(text: str) -> bool:
    """Whether a text gives orders, as far as its words and signs tell; invisible characters always do."""
    return bool(_SPEAKS.search(text)) or any(unicodedata.category(one) in {"Cf", "Co", "Cn"} for one in text)
