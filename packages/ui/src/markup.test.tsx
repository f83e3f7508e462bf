import { renderToStaticMarkup } from "react-dom/server";
import type { ReactNode } from "react";
import { describe, expect, it } from "vitest";
import { AppShell, Banner, BarChart, Button, DataTable, ErrorState, Field, Input, Meter, Money, UiProvider } from "./index.ts";
import type { DataTableProps } from "./index.ts";

const html = (node: ReactNode) => renderToStaticMarkup(<UiProvider t={(key) => key}>{node}</UiProvider>);
const attribute = (markup: string, name: string) => new RegExp(`${name}="([^"]*)"`).exec(markup)?.[1];

describe("a button", () => {
  it("that cannot be pressed stays reachable, so that its reason can be read", () => {
    const markup = html(<Button disabledReason="You started this run">Approve</Button>);
    expect(attribute(markup, "aria-disabled")).toBe("true");
    expect(markup).not.toContain(" disabled");
  });

  it("says what it is doing while it is doing it", () => {
    const markup = html(<Button isLoading loadingLabel="Saving…">Save</Button>);
    expect(attribute(markup, "aria-busy")).toBe("true");
    expect(markup).toContain("Saving…");
  });
});

it("a field ties its control to label, error and help", () => {
  const markup = html(
    <Field id="pan" label="PAN" help="On the card." error="PAN has ten characters">
      <Input />
    </Field>,
  );
  const input = /<input[^>]*>/.exec(markup)?.[0] ?? "";
  expect(attribute(input, "id")).toBe("pan");
  expect(attribute(input, "aria-describedby")).toBe("pan-error pan-help");
  expect(attribute(input, "aria-invalid")).toBe("true");
  expect(attribute(markup, "for")).toBe("pan");
});

it("a negative amount stands in parentheses and in red", () => {
  const markup = html(<Money amount={-12_34_567} />);
  expect(markup).toContain("(₹12,345.67)");
  expect(markup).toContain("text-danger");
  expect(html(<Money amount={12_34_567n} />)).not.toContain("text-danger");
});

it("an error can be shown where no provider stands", () => {
  const markup = renderToStaticMarkup(<ErrorState title="It broke" retryLabel="Try again" onRetry={() => undefined} requestId="req_1" />);
  expect(markup).toContain("req_1");
});

it("bad news interrupts a screen reader, other news waits its turn", () => {
  expect(attribute(html(<Banner title="Published" />), "role")).toBe("status");
  expect(attribute(html(<Banner tone="danger" title="Down" />), "role")).toBe("alert");
});

it("the frame begins with a way past it to the main landmark", () => {
  const markup = html(
    <AppShell places={[{ id: "home", label: "Home", href: "/", icon: null, isCurrent: true }]} tenant={{ name: "Acme" }} person={{ name: "Kavya Nair", items: [] }}>
      page
    </AppShell>,
  );
  expect(markup.indexOf('href="#content"')).toBeLessThan(markup.indexOf("<nav"));
  expect(markup).toMatch(/<main id="content"/);
  expect(markup).toContain('aria-current="page"');
});

describe("a chart", () => {
  const series = [
    { id: "in", label: "Admitted", tone: "accent" },
    { id: "out", label: "Refused", tone: "danger" },
  ] as const;
  const bars = [
    { id: "a", label: "2:30 pm", shortLabel: "2:30", values: [30, 2] },
    { id: "b", label: "2:31 pm", shortLabel: "2:31", values: [1_200, 0] },
  ];
  const chart = (line: number) => html(<BarChart label="Requests" barLabel="Minute" series={series} bars={bars} line={{ value: line, label: "as many come back" }} />);

  it("gives the same numbers as a table, and hides what only the eye reads from a screen reader", () => {
    const [picture = "", table = ""] = chart(1_000).split("<details");
    expect(picture).toContain('aria-hidden="true"');
    expect(attribute(table, "aria-label")).toBe("Requests");
    for (const text of ["2:30 pm", "30", "2:31 pm", "1,200", "Admitted", "Refused"]) expect(table).toContain(`>${text}<`);
  });

  it("draws the line only where the bars come near it", () => {
    expect(chart(1_000)).toContain("as many come back");
    expect(chart(100_000)).not.toContain("as many come back");
  });
});

it("a meter tells a screen reader its words, and never stands beyond its end", () => {
  const markup = html(<Meter label="Seats" value={12} max={10} detail="12 of 10 used" />);
  expect(attribute(markup, "role")).toBe("meter");
  expect([attribute(markup, "aria-valuenow"), attribute(markup, "aria-valuemax"), attribute(markup, "aria-valuetext")]).toEqual(["10", "10", "12 of 10 used"]);
  expect(attribute(markup, "style")).toBe("width:100%");
});

describe("a table", () => {
  interface Person {
    readonly id: string;
    readonly name: string;
  }
  const table = (over: Partial<DataTableProps<Person>>) =>
    html(
      <DataTable<Person>
        label="People"
        columns={[
          { id: "name", header: "Name", mobile: "title", isSortable: true, cell: (row) => row.name },
          { id: "code", header: "Code", cell: (row) => row.id },
        ]}
        rows={[{ id: "emp_1", name: "Kavya Nair" }]}
        rowId={(row) => row.id}
        rowName={(row) => row.name}
        rowHref={(row) => `/people/${row.id}`}
        empty="nobody yet"
        onSortChange={() => undefined}
        {...over}
      />,
    );

  it("tells which column it is sorted by", () => {
    expect(attribute(table({ sort: { column: "name", direction: "desc" } }), "aria-sort")).toBe("descending");
  });

  it("opens a row by a true link", () => {
    expect(attribute(table({}), "href")).toBe("/people/emp_1");
  });

  it("shows skeleton rows of a row's height while the first rows are on their way, never the empty state", () => {
    const markup = table({ rows: [], isLoading: true, skeletonRows: 4 });
    expect(markup.match(/height:44px/g)).toHaveLength(4);
    expect(markup).not.toContain("nobody yet");
    expect(attribute(markup, "aria-busy")).toBe("true");
  });

  it("shows the error instead of rows, and the empty state only when there is truly nothing", () => {
    expect(table({ rows: [], error: "could not load" })).not.toContain("nobody yet");
    expect(table({ rows: [] })).toContain("nobody yet");
  });

  it("offers selection only to whoever can use it", () => {
    expect(table({})).not.toContain("selectRow");
    expect(table({ selection: [], onSelectionChange: () => undefined })).toContain("selectRow");
  });
});
