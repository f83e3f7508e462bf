"use client";

import { useEffect, useEffectEvent, useState } from "react";

/**
 * Text that is shown while typing and handed on once the person pauses. When the caller's own value changes (back
 * button, cleared filters) that one is shown.
 */
export function useDebouncedText(value: string, onChange: (value: string) => void, delayMs: number): [string, (text: string) => void] {
  const [text, setText] = useState(value);
  const [known, setKnown] = useState(value);
  if (known !== value) {
    setKnown(value);
    setText(value);
  }
  const handOn = useEffectEvent(() => {
    if (text === value) return;
    // The caller's value is about to be this very text; what was typed meanwhile must not be thrown away for it.
    setKnown(text);
    onChange(text);
  });
  useEffect(() => {
    const timer = setTimeout(() => {
      handOn();
    }, delayMs);
    return () => {
      clearTimeout(timer);
    };
  }, [text, delayMs]);
  return [text, setText];
}
