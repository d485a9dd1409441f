export { Panel, type PanelActions } from "./Panel";
export { hasFormula } from "./formulas";
export type { Frame, Typeset } from "./frame";
export { initialState, litSegments, reduce, type PanelEvent, type PanelState } from "./state";
export { typesetterOf, type Temml } from "./typesetter";
