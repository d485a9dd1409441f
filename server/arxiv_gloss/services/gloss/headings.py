"""Headings and labels that stand in a gloss itself: they speak its language."""

from __future__ import annotations

EN = {
    "summary": "Summary",
    "takeaways": "Takeaways",
    "translation": "Translation",
    "abstract": "Abstract",
    "sections": "Sections",
    "figures": "Figures and tables",
    "motivation": "Motivation",
    "method": "Method",
    "result": "Result",
    "conclusion": "Conclusion",
    "further": "Further",
    "figure": "Figure",
    "table": "Table",
    "algorithm": "Algorithm",
    ":": ": ",
}
ZH = {
    "summary": "概要",
    "takeaways": "要点",
    "translation": "译文",
    "abstract": "摘要",
    "sections": "各节要点",
    "figures": "图表",
    "motivation": "动机",
    "method": "方法",
    "result": "结果",
    "conclusion": "结论",
    "further": "补充",
    "figure": "图",
    "table": "表",
    "algorithm": "算法",
    ":": "：",
}
TW = ZH | {
    "takeaways": "要點",
    "translation": "譯文",
    "sections": "各節要點",
    "figures": "圖表",
    "motivation": "動機",
    "result": "結果",
    "conclusion": "結論",
    "further": "補充",
    "figure": "圖",
    "algorithm": "演算法",
}


def headings(target: str) -> dict[str, str]:
    """In Chinese beside Chinese, in either script; else in English."""
    if target == "zh-TW":
        return TW
    return ZH if target.startswith("zh") else EN
