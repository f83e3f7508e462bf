/** An address name that a company's name suggests; empty when it has no letter of ours. */
export function slugFrom(company: string): string {
  const plain = company.normalize("NFD").replaceAll(/[\u0300-\u036f]/g, "").toLowerCase();
  return plain.replaceAll(/[^a-z0-9]+/g, "-").replace(/^[^a-z]+/, "").slice(0, 40).replace(/-+$/, "");
}
