import account from "../../messages/en/account.json" with { type: "json" };
import billing from "../../messages/en/billing.json" with { type: "json" };
import common from "../../messages/en/common.json" with { type: "json" };
import company from "../../messages/en/company.json" with { type: "json" };
import errors from "../../messages/en/errors.json" with { type: "json" };
import home from "../../messages/en/home.json" with { type: "json" };
import identity from "../../messages/en/identity.json" with { type: "json" };
import limits from "../../messages/en/limits.json" with { type: "json" };
import operator from "../../messages/en/operator.json" with { type: "json" };
import payroll from "../../messages/en/payroll.json" with { type: "json" };
import people from "../../messages/en/people.json" with { type: "json" };
import security from "../../messages/en/security.json" with { type: "json" };
import subscription from "../../messages/en/subscription.json" with { type: "json" };
import time from "../../messages/en/time.json" with { type: "json" };
import ui from "../../messages/en/ui.json" with { type: "json" };

/** Every sentence of the application, by namespace: a domain is one file and one line here. */
export const messages = { account, billing, common, company, errors, home, identity, limits, operator, payroll, people, security, subscription, time, ui };
