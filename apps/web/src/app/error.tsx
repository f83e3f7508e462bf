"use client";

import { PageError } from "../components/page-error.tsx";

export default function ErrorPage({ error, retry }: { readonly error: unknown; readonly retry: () => void }) {
  return (
    <main className="flex min-h-dvh flex-col justify-center">
      <PageError error={error} retry={retry} home="/" />
    </main>
  );
}
