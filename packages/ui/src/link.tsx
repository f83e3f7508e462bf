"use client";

import { createContext, createElement, use } from "react";
import type { ComponentType, ComponentPropsWithRef, ReactNode } from "react";

export type LinkProps = Omit<ComponentPropsWithRef<"a">, "href"> & { readonly href: string };
export type LinkComponent = ComponentType<LinkProps>;

function PlainLink(props: LinkProps) {
  return <a {...props} />;
}

const LinkContext = createContext<LinkComponent>(PlainLink);

/** Makes every link of the components below go through the router's own link. */
export function LinkProvider({ component, children }: { readonly component?: LinkComponent | undefined; readonly children: ReactNode }) {
  return <LinkContext value={component ?? PlainLink}>{children}</LinkContext>;
}

/** A bare link without looks; for one that looks like a link in a text see `TextLink`. */
export function Link(props: LinkProps) {
  return createElement(use(LinkContext), props);
}
