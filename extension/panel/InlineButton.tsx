import type { ComponentChildren, HTMLAttributes } from "preact";

interface InlineButtonProps extends HTMLAttributes<HTMLSpanElement> {
  name: string;
  onPress: () => void;
  children: ComponentChildren;
}

/**
 * A button in running text. Browsers break lines before a real `button` whatever stands before it; this one is text,
 * and a word joiner (U+2060) keeps it on the line of the word that it belongs to.
 */
export function InlineButton({ name, onPress, children, ...rest }: InlineButtonProps) {
  return (
    <>
      {"\u2060"}
      <span
        {...rest}
        role="button"
        tabIndex={0}
        aria-label={name}
        title={name}
        onClick={onPress}
        onKeyDown={(event) => {
          if (event.key !== "Enter" && event.key !== " ") return;
          event.preventDefault();
          onPress();
        }}
      >
        {"\u2060"}
        {children}
      </span>
    </>
  );
}
