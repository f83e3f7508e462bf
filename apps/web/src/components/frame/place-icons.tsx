import { Banknote, House, ReceiptText, Settings, Users } from "lucide-react";
import type { ReactNode } from "react";
import type { PlaceId } from "./places.ts";

export const placeIcons: Readonly<Record<PlaceId, ReactNode>> = {
  home: <House aria-hidden />,
  people: <Users aria-hidden />,
  pay: <Banknote aria-hidden />,
  payslips: <ReceiptText aria-hidden />,
  settings: <Settings aria-hidden />,
};
