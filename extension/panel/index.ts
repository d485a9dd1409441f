export { Offer } from "./Offer";
export { Panel, type PanelActions } from "./Panel";
export { hasFormula } from "./formulas";
export { FrameContext, type Frame, type Typeset } from "./frame";
export { initialState, litSegments, reduce, type PanelEvent, type PanelState } from "./state";
export { TexText } from "./TexText";
export * from "./list";
export * from "./whole";
export { typesetterOf, type Temml } from "./typesetter";
