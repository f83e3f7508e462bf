import type { CompanyPlan } from "./company.ts";

/** A named state of the database that anybody can have again. */
export interface Scenario {
  readonly purpose: string;
  readonly companies: readonly CompanyPlan[];
  /** Months before this one whose payslips are published. */
  readonly monthsPaid: number;
}

const fourStates = [
  { name: "Bengaluru", state: "KA" },
  { name: "Pune", state: "MH" },
  { name: "Hyderabad", state: "TG" },
  { name: "Kolkata", state: "WB" },
];

const acme: CompanyPlan = { slug: "acme", name: "Acme Industries", codePrefix: "ACM", employees: 200, seed: 0, locations: fourStates, plan: "enterprise", seats: 250 };
const globex: CompanyPlan = { slug: "globex", name: "Globex Services", codePrefix: "GLX", employees: 35, seed: 500, locations: fourStates.slice(1, 3), plan: "professional", seats: 40 };

const initech: CompanyPlan = { slug: "initech", name: "Initech Systems", codePrefix: "INI", employees: 10_000, seed: 900, locations: fourStates, plan: "enterprise", seats: 10_000 };

const hooli: CompanyPlan = { slug: "hooli", name: "Hooli Ventures", codePrefix: "HOO", employees: 0, seed: 1_300, locations: fourStates.slice(0, 1), plan: "starter", seats: 10 };
const umbrella: CompanyPlan = { slug: "umbrella", name: "Umbrella Traders", codePrefix: "UMB", employees: 3, seed: 1_400, locations: fourStates.slice(0, 1), plan: "starter", seats: 10 };

const initrode: CompanyPlan = { slug: "initrode", name: "Initrode Textiles", codePrefix: "INT", employees: 40, seed: 1_500, locations: fourStates, plan: "free", seats: 10 };

export const scenarios: Readonly<Record<string, Scenario>> = {
  demo: { purpose: "Acme (200 people in four states) and Globex (35), two months paid, this month open", companies: [acme, globex], monthsPaid: 2 },
  small: { purpose: "Hooli, where nobody has been added yet, and Umbrella with three people, nothing paid: what a company sees at first", companies: [hooli, umbrella], monthsPaid: 0 },
  team: { purpose: "Initrode, 40 people on the smallest plan, a month paid, this month open", companies: [initrode], monthsPaid: 1 },
  large: { purpose: "Initech, 10,000 people, nothing paid yet: for lists and runs of that size", companies: [initech], monthsPaid: 0 },
};
