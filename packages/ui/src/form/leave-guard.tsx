"use client";

import { useEffect, useRef, useState } from "react";
import type { ReactNode } from "react";
import { Button } from "../button.tsx";
import { Dialog } from "../dialog.tsx";

export interface LeaveGuardProps {
  /** Asks only while this is true, i.e. when something typed would be lost: `form.formState.isDirty`. */
  readonly isActive: boolean;
  readonly title: string;
  readonly body: ReactNode;
  readonly stayLabel: string;
  readonly leaveLabel: string;
}

/**
 * Asks before a link or the closing of the tab throws away what was typed. Links are caught in the capture phase, so
 * the router never hears of them until the person decides.
 */
export function LeaveGuard({ isActive, title, body, stayLabel, leaveLabel }: LeaveGuardProps) {
  const { target, stay, leave } = useLeaveGuard(isActive);
  return (
    <Dialog
      open={target !== undefined}
      onOpenChange={stay}
      title={title}
      description={body}
      footer={
        <>
          <Button onClick={stay}>{stayLabel}</Button>
          <Button variant="danger" onClick={leave}>
            {leaveLabel}
          </Button>
        </>
      }
    />
  );
}

function useLeaveGuard(isActive: boolean) {
  const [target, setTarget] = useState<HTMLAnchorElement>();
  const isLeaving = useRef(false);
  useEffect(() => {
    if (!isActive) return;
    const onUnload = (event: BeforeUnloadEvent) => {
      if (!isLeaving.current) event.preventDefault();
    };
    const onClick = (event: MouseEvent) => {
      const anchor = leavingAnchor(event);
      if (anchor === null || isLeaving.current) return;
      event.preventDefault();
      event.stopPropagation();
      setTarget(anchor);
    };
    window.addEventListener("beforeunload", onUnload);
    document.addEventListener("click", onClick, { capture: true });
    return () => {
      window.removeEventListener("beforeunload", onUnload);
      document.removeEventListener("click", onClick, { capture: true });
    };
  }, [isActive]);
  const leave = () => {
    isLeaving.current = true;
    setTarget(undefined);
    target?.click();
  };
  return { target, leave, stay: () => setTarget(undefined) };
}

/** The link that this click follows in the same tab to another address, if any. */
function leavingAnchor(event: MouseEvent): HTMLAnchorElement | null {
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return null;
  if (!(event.target instanceof Element)) return null;
  const anchor = event.target.closest("a");
  if (anchor === null || anchor.target === "_blank" || anchor.hasAttribute("download")) return null;
  const isSamePage = anchor.pathname === location.pathname && anchor.search === location.search && anchor.host === location.host;
  return anchor.href === "" || isSamePage ? null : anchor;
}
