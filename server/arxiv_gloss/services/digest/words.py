"""What a digest's pages say, by the language of the gloss."""

from __future__ import annotations

EN = {
    "updated": "Listed by arXiv on",
    "notice": "Translations, summaries and takeaways were made by a small model on one machine. It makes mistakes: "
    "check what matters against the paper.",
    "contents": "Contents",
    "summary": "Summary",
    "takeaways": "Key takeaways",
    "abstract": "Abstract",
    "translation": "Translation",
    "figures": "Figures",
    "counted": "arXiv counts",
    "found": "here",
    "failed": "Not glossed",
    "withdrawn": "Withdrawn",
    "missing": "arXiv counts more papers than its page shows",
    "off_topic": "on other topics",
    "nothing": "arXiv lists nothing here on this day.",
    "because": "here because of",
    "made": "Made by",
    "digests": "Digests",
    "papers": "papers",
    "licence": "Titles, authors and abstracts are arXiv metadata (CC0). The papers belong to their authors.",
    "motivation": "Motivation",
    "method": "Method",
    "result": "Result",
    "conclusion": "Conclusion",
    "further": "Further",
    "flag": "Could not be verified: ",
}
ZH = {
    "updated": "arXiv 公布日期",
    "notice": "译文、概要和要点均由本机上的小模型生成，难免有误；重要内容请以原文为准。",
    "contents": "目录",
    "summary": "概要",
    "takeaways": "要点",
    "abstract": "摘要原文",
    "translation": "译文",
    "figures": "图表",
    "counted": "arXiv 计",
    "found": "本页",
    "failed": "未能译注",
    "withdrawn": "已撤稿",
    "missing": "arXiv 所计篇数多于其页面所列",
    "off_topic": "篇与主题无关",
    "nothing": "arXiv 当日在此没有新论文。",
    "because": "收录原因：",
    "made": "生成：",
    "digests": "日报",
    "papers": "篇",
    "licence": "标题、作者和摘要为 arXiv 元数据（CC0）。论文版权归作者所有。",
    "motivation": "动机",
    "method": "方法",
    "result": "结果",
    "conclusion": "结论",
    "further": "其他",
    "flag": "未能核实：",
}


def words_for(target: str) -> dict[str, str]:
    """In Chinese beside Chinese, else in English."""
    return ZH if target.startswith("zh") else EN
