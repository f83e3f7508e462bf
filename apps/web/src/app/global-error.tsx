"use client";

import common from "../../messages/en/common.json" with { type: "json" };
import "./globals.css";

/** The last resort, when even the outermost layout failed: it leans on nothing that could fail with it. */
export default function GlobalError({ error }: { readonly error: unknown }) {
  const digest = typeof error === "object" && error !== null && "digest" in error ? String(error.digest) : undefined;
  return (
    <html lang="en-IN">
      <body>
        <main className="flex min-h-dvh flex-col items-center justify-center gap-3 px-6 text-center">
          <h1 className="text-lg font-semibold">{common.error.title}</h1>
          <p className="max-w-prose text-ink-soft">{common.error.text}</p>
          <p>
            <a href="/" className="text-accent-text underline">
              {common.goHome}
            </a>
          </p>
          {digest === undefined ? null : <p className="text-xs text-ink-faint select-all">{common.requestId.replace("{id}", digest)}</p>}
        </main>
      </body>
    </html>
  );
}
