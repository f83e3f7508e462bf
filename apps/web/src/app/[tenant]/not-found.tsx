import { NoSuchCompany } from "../../components/no-such-company.tsx";

/** No such company, or none any more. */
export default function NotFound() {
  return (
    <main className="flex min-h-dvh flex-col justify-center">
      <NoSuchCompany />
    </main>
  );
}
