export interface PayslipReader {
  readonly employeeId: string | undefined;
  /** Holds `payroll:read` for the whole company. */
  readonly canReadAll: boolean;
}

/** One's own once it is published; anybody's for whoever runs the payroll. */
export function canReadPayslip({ employeeId, canReadAll }: PayslipReader, slip: { readonly employeeId: string; readonly isPublished: boolean }): boolean {
  return canReadAll || (slip.isPublished && employeeId !== undefined && employeeId === slip.employeeId);
}

/** `payslip-2026-11-E001.pdf`; a code's other characters become dashes, so that every system takes the name. */
export const payslipFileName = (period: string, code: string): string => `payslip-${period}-${code.replaceAll(/[^A-Za-z0-9_-]+/g, "-")}.pdf`;
