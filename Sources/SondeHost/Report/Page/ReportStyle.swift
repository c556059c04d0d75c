/// How the page looks, on screen and on paper.
enum ReportStyle {
    /// The style sheet; it holds no character that HTML would have to escape but the quotes of attribute selectors,
    /// which it avoids.
    static let sheet = """
        :root { --ink: #1f2328; --quiet: #57606a; --line: #d0d7de; --faint: #f6f8fa; --accent: #0b5394; \
        --warn: #8a1c1c; --paper: #ffffff; }
        * { box-sizing: border-box; }
        html { color-scheme: light dark; }
        body { margin: 0; background: var(--paper); color: var(--ink); \
        font: 16px/1.5 'Helvetica Neue', Helvetica, Arial, 'Liberation Sans', 'Noto Sans', sans-serif; }
        main { max-width: 780px; margin: 0 auto; padding: 2.5rem 1.25rem 4rem; }
        h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 .25rem; }
        h2 { font-size: 1.25rem; margin: 2.5rem 0 .75rem; padding-bottom: .25rem; \
        border-bottom: 1px solid var(--line); }
        h3 { font-size: 1rem; margin: 1.25rem 0 .25rem; }
        a { color: var(--accent); text-decoration: none; }
        a:hover { text-decoration: underline; }
        .meta { color: var(--quiet); margin: 0; }
        .notice { border-left: 4px solid var(--warn); padding: .4rem .8rem; background: var(--faint); }
        nav { font-size: .9rem; }
        nav h2 { font-size: .8rem; text-transform: uppercase; letter-spacing: .06em; color: var(--quiet); \
        border: 0; margin: 1.5rem 0 .25rem; padding: 0; }
        nav ul { list-style: none; margin: 0; padding: 0; }
        nav ul ul { padding-left: 1.25rem; }
        .statement { border-left: 4px solid var(--accent); padding: .1rem 0 .1rem 1rem; margin: 1.25rem 0; }
        .statement p { margin: 0 0 .4rem; font-weight: 600; }
        .statement dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem .9rem; margin: 0; \
        font-size: .875rem; }
        .statement dt { color: var(--quiet); }
        .statement dd { margin: 0; }
        .statement dt:last-of-type, .statement dd:last-of-type { color: var(--warn); }
        figure { margin: 1.75rem 0; break-inside: avoid; }
        figure.table { break-inside: auto; }
        .picture { background: #ffffff; border: 1px solid var(--line); border-radius: 4px; overflow: hidden; }
        .picture svg { display: block; width: 100%; height: auto; }
        figcaption, .note { font-size: .875rem; margin: .5rem 0 0; }
        .table figcaption { margin: 0 0 .5rem; }
        .note { color: var(--quiet); }
        .files { white-space: nowrap; }
        .files a { margin-left: .6rem; }
        .scroller { overflow-x: auto; }
        table { border-collapse: collapse; width: 100%; font-size: .875rem; \
        border-top: 1.5px solid var(--ink); border-bottom: 1.5px solid var(--ink); }
        th, td { padding: .3rem .75rem .3rem 0; text-align: left; vertical-align: baseline; }
        th:last-child, td:last-child { padding-right: 0; }
        thead th { border-bottom: 1px solid var(--ink); vertical-align: bottom; }
        thead { display: table-header-group; }
        tr { break-inside: avoid; }
        .number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
        .interval { color: var(--quiet); }
        .facts th { font-weight: 400; color: var(--quiet); white-space: nowrap; }
        .facts td { overflow-wrap: anywhere; font-family: ui-monospace, 'DejaVu Sans Mono', monospace; \
        font-size: .8rem; }
        pre { font: .75rem/1.45 ui-monospace, 'DejaVu Sans Mono', monospace; background: var(--faint); \
        border: 1px solid var(--line); border-radius: 4px; padding: .6rem .8rem; overflow: auto; \
        max-height: 24rem; }
        @media screen and (prefers-color-scheme: dark) {
        :root { --ink: #e6edf3; --quiet: #9aa4af; --line: #3a424c; --faint: #161b22; --accent: #79b8ff; \
        --warn: #ff9d8a; --paper: #0d1117; }
        }
        @media print {
        @page { margin: 18mm 16mm; }
        body { font-size: 10.5pt; }
        main { max-width: none; padding: 0; }
        a { color: inherit; }
        .files { display: none; }
        .picture { border: 0; }
        h2, h3 { break-after: avoid; }
        .statement { break-inside: avoid; }
        pre { max-height: none; overflow: visible; white-space: pre-wrap; }
        .scroller { overflow: visible; }
        }
        """
}
