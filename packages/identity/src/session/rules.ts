import { grantedScope, permissions } from "@atrium/kernel";
import type { Permission, Role, Scope } from "@atrium/kernel";

/** Every permission that these roles grant together, with the widest scope. */
export function grantsOf(held: readonly Role[]): Partial<Record<Permission, Scope>> {
  return Object.fromEntries(
    permissions.flatMap((permission) => {
      const scope = grantedScope(held, permission);
      return scope ? [[permission, scope]] : [];
    }),
  );
}
