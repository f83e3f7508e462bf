import { onlyFor } from "../../../../../../server/only-for.ts";

export default onlyFor("billing:manage");
