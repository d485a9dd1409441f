import type { ComponentChildren } from "preact";

function Icon({ children }: { children: ComponentChildren }) {
  return (
    <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
      <g fill="none" stroke="currentColor" stroke-width="1.25" stroke-linecap="round" stroke-linejoin="round">
        {children}
      </g>
    </svg>
  );
}

export const CopyIcon = () => (
  <Icon>
    <rect x="5.5" y="5.5" width="8" height="8" rx="1.2" />
    <path d="M10.5 5.5v-2a1 1 0 0 0-1-1h-6a1 1 0 0 0-1 1v6a1 1 0 0 0 1 1h2" />
  </Icon>
);

export const DoneIcon = () => (
  <Icon>
    <path d="M3 8.5l3.3 3.3L13 5" />
  </Icon>
);

export const AgainIcon = () => (
  <Icon>
    <path d="M13 8a5 5 0 1 1-1.6-3.7" />
    <path d="M13.2 2.2v2.9h-2.9" />
  </Icon>
);

/** Pages with lines. */
export const PdfIcon = () => (
  <Icon>
    <path d="M5.5 3.5v-1h8v9h-2M2.5 4.5h8v9h-8zM4.7 7.2h3.6M4.7 9.2h3.6M4.7 11.2h2" />
  </Icon>
);

/** A bookmark. */
export const KeepIcon = ({ full }: { full: boolean }) => (
  <Icon>
    <path d="M4 2.5h8v11l-4-3.2-4 3.2z" fill={full ? "currentColor" : "none"} />
  </Icon>
);

export const OptionsIcon = () => (
  <Icon>
    <path d="M2.5 4.5h6M11.5 4.5h2M2.5 11.5h2M7.5 11.5h6" />
    <circle cx="10" cy="4.5" r="1.5" />
    <circle cx="6" cy="11.5" r="1.5" />
  </Icon>
);

export const FoldIcon = ({ open }: { open: boolean }) => (
  <Icon>
    <path d={open ? "M4 10l4-4 4 4" : "M4 6l4 4 4-4"} />
  </Icon>
);

/** An arrow into a tray, with the letter of what is saved. */
export const SaveIcon = ({ letter }: { letter: string }) => (
  <Icon>
    <path d="M5 2v6M2.8 5.8L5 8l2.2-2.2M2.5 11v2.5h11V11" />
    <text x="8.6" y="8.6" font-size="8" font-family="sans-serif" stroke="none" fill="currentColor">
      {letter}
    </text>
  </Icon>
);
