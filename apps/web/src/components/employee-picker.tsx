"use client";

import { IconButton, Input, Person } from "@atrium/ui";
import { keepPreviousData } from "@tanstack/react-query";
import { Search, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useId, useRef, useState } from "react";
import type { KeyboardEvent } from "react";
import { trpc } from "../client/trpc.ts";

interface EmployeePickerProps {
  /** The id of the chosen person; "" for nobody. */
  readonly value: string;
  readonly onChange: (id: string) => void;
  /** The name of the one chosen at first. */
  readonly initialName: string | undefined;
  /** What is searched for; a manager unless told. */
  readonly searchLabel?: string | undefined;
}

interface Hit {
  readonly id: string;
  readonly fullName: string;
  readonly code: string;
}

/** Chooses one person of the company by a few letters of the name or code. */
export function EmployeePicker({ value, onChange, initialName, searchLabel }: EmployeePickerProps) {
  const t = useTranslations("people.manager");
  const [name, setName] = useState(initialName);
  if (value === "") {
    return (
      <PersonSearch
        label={searchLabel ?? t("search")}
        onChoose={(hit) => {
          setName(hit.fullName);
          onChange(hit.id);
        }}
      />
    );
  }
  return (
    <span className="flex min-h-8 items-center justify-between gap-2 rounded-md border border-line bg-surface py-0.5 pr-0.5 pl-2">
      <Person name={name ?? "…"} />
      <IconButton size="sm" label={t("clear")} icon={<X aria-hidden />} onClick={() => onChange("")} />
    </span>
  );
}

function PersonSearch({ label, onChoose }: { readonly label: string; readonly onChoose: (hit: Hit) => void }) {
  const t = useTranslations("people.manager");
  const listId = useId();
  const { text, setText, hits, isSearching, at, setAt } = useHits();
  const isOpen = text.trim() !== "";
  const list = useRef<HTMLUListElement>(null);
  // At the end of a long form the list would open out of sight.
  useEffect(() => {
    list.current?.scrollIntoView({ block: "nearest" });
  }, [hits]);
  const nothing = isSearching ? t("searching") : t("none");
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!isOpen || event.ctrlKey || event.metaKey) return;
    const hit = hits[at];
    if (event.key === "ArrowDown") setAt(Math.min(at + 1, hits.length - 1));
    else if (event.key === "ArrowUp") setAt(Math.max(at - 1, 0));
    else if (event.key === "Escape") setText("");
    else if (event.key !== "Enter") return;
    else if (hit) onChoose(hit);
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className="flex flex-col gap-1">
      <Input
        role="combobox"
        aria-expanded={isOpen}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={isOpen && hits[at] ? `${listId}-${at}` : undefined}
        autoComplete="off"
        icon={<Search />}
        placeholder={label}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <ul ref={list} id={listId} role="listbox" aria-label={label} hidden={!isOpen || hits.length === 0} className="max-h-56 overflow-y-auto rounded-md border border-line bg-raised p-1">
        {hits.map((hit, index) => (
          <HitLine key={hit.id} id={`${listId}-${index}`} hit={hit} isCurrent={index === at} onPoint={() => setAt(index)} onChoose={onChoose} />
        ))}
      </ul>
      <p role="status" className="text-sm text-ink-soft empty:hidden">
        {isOpen && hits.length === 0 ? nothing : null}
      </p>
    </div>
  );
}

interface HitLineProps {
  readonly id: string;
  readonly hit: Hit;
  readonly isCurrent: boolean;
  readonly onPoint: () => void;
  readonly onChoose: (hit: Hit) => void;
}

function HitLine({ id, hit, isCurrent, onPoint, onChoose }: HitLineProps) {
  return (
    <li id={id} role="option" aria-selected={isCurrent} onPointerEnter={onPoint} onClick={() => onChoose(hit)} className="cursor-default rounded-sm px-2 py-1 aria-selected:bg-sunken">
      <Person name={hit.fullName} detail={hit.code} />
    </li>
  );
}

const nobody: readonly Hit[] = [];

/** So long somebody may think before the server is asked: not every letter is a question. */
const pauseMs = 150;

function useHits() {
  const [text, setWritten] = useState("");
  const [at, setAt] = useState(0);
  const [asked, setAsked] = useState("");
  const wanted = text.trim();
  useEffect(() => {
    const timer = window.setTimeout(() => setAsked(wanted), pauseMs);
    return () => window.clearTimeout(timer);
  }, [wanted]);
  const found = trpc.people.employee.search.useQuery(
    { text: asked },
    // Whoever has left leads nobody.
    { enabled: asked !== "", placeholderData: keepPreviousData, select: (people) => people.filter(({ status }) => status !== "left") },
  );
  const setText = (next: string): void => {
    setWritten(next);
    setAt(0);
  };
  return { text, setText, at, setAt, hits: found.data ?? nobody, isSearching: asked !== wanted || found.isFetching };
}
