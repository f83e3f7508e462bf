import { notFound } from "next/navigation";

/** Every path that is no page, so that what is missing is said inside the frame. */
export default function Page() {
  notFound();
}
