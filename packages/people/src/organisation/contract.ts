import { defineErrors, oneLine } from "@atrium/kernel";
import { z } from "zod";

export const organisationErrors = defineErrors({
  "people/department-exists": "conflict",
  "people/location-exists": "conflict",
  "people/state-unknown": "invalid",
});

/** The states and union territories of India by their ISO 3166-2:IN codes, without the prefix. */
export const states = [
  "AN", "AP", "AR", "AS", "BR", "CG", "CH", "DH", "DL", "GA", "GJ", "HP", "HR", "JH", "JK", "KA", "KL", "LA",
  "LD", "MH", "ML", "MN", "MP", "MZ", "NL", "OD", "PB", "PY", "RJ", "SK", "TG", "TN", "TR", "UK", "UP", "WB",
] as const;

const name = z.string().overwrite(oneLine).min(1, { error: "people/required" }).max(120, { error: "people/too-long" });

const department = z.object({ id: z.string(), name: z.string() });
const location = z.object({ id: z.string(), name: z.string(), state: z.string() });

/** The choices that a form or a filter offers. */
export const Organisation = z.object({ departments: z.array(department), locations: z.array(location) });
export type Organisation = z.output<typeof Organisation>;

export const AddDepartment = z.object({ name });
export type AddDepartment = z.output<typeof AddDepartment>;

export const AddLocation = z.object({ name, state: z.enum(states, { error: "people/state-unknown" }) });
export type AddLocation = z.output<typeof AddLocation>;

export const Added = z.object({ id: z.string() });
export type Added = z.output<typeof Added>;
