import { redirect } from "next/navigation";

export default async function Page({ params }: { readonly params: Promise<{ tenant: string }> }) {
  redirect(`/${(await params).tenant}/settings/appearance`);
}
