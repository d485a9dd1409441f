/** How a translation says `Figure 3`; `{}` is the number. */
const ENGLISH = {
  figure: "Figure {}",
  table: "Table {}",
  section: "Section {}",
  appendix: "Appendix {}",
  equation: "Eq. {}",
  theorem: "Theorem {}",
  lemma: "Lemma {}",
  proposition: "Proposition {}",
  corollary: "Corollary {}",
  definition: "Definition {}",
  remark: "Remark {}",
  example: "Example {}",
  assumption: "Assumption {}",
  algorithm: "Algorithm {}",
  chapter: "Chapter {}",
  footnote: "footnote {}",
  /** Between the label of a caption and its text. */
  captionEnd: ": ",
};

export type ReferenceWords = typeof ENGLISH;

const CHINESE: ReferenceWords = {
  figure: "图 {}",
  table: "表 {}",
  section: "第 {} 节",
  appendix: "附录 {}",
  equation: "式 {}",
  theorem: "定理 {}",
  lemma: "引理 {}",
  proposition: "命题 {}",
  corollary: "推论 {}",
  definition: "定义 {}",
  remark: "注 {}",
  example: "例 {}",
  assumption: "假设 {}",
  algorithm: "算法 {}",
  chapter: "第 {} 章",
  footnote: "脚注 {}",
  captionEnd: "：",
};

const TRADITIONAL: ReferenceWords = {
  ...CHINESE,
  figure: "圖 {}",
  section: "第 {} 節",
  appendix: "附錄 {}",
  proposition: "命題 {}",
  corollary: "推論 {}",
  definition: "定義 {}",
  remark: "註 {}",
  assumption: "假設 {}",
  algorithm: "演算法 {}",
  footnote: "註腳 {}",
};

/** Those of a translation into this language. */
export function referenceWords(targetLang: string): ReferenceWords {
  if (targetLang === "zh-TW") return TRADITIONAL;
  return targetLang.startsWith("zh") ? CHINESE : ENGLISH;
}
