package io.pickaroon.app.page;

/** How pages look: light or dark, as the reader's system is, and down to 360 pixels wide. Text has a contrast of 4.5:1 at least. */
public final class PageStyle {
    private static final String CSS = """
        :root{color-scheme:light dark;--page:#fff;--text:#1b1f24;--faint:#545b64;--line:#c9ced6;--box:#f4f6f8;
        --mark:#b3261e;--del:#8c1d18;--ins:#0a5c2b;--track:#e3e7ec}
        @media(prefers-color-scheme:dark){:root{--page:#13161a;--text:#e6e8eb;--faint:#a9b1ba;--line:#3b424b;--box:#1d2126;
        --mark:#ff8a80;--del:#ffb4ab;--ins:#7fdc9d;--track:#2b3138}}
        *{box-sizing:border-box}
        body{margin:0 auto;padding:1rem;max-width:64rem;background:var(--page);color:var(--text);
        font:1rem/1.5 system-ui,sans-serif;overflow-wrap:break-word}
        h1{font-size:1.5rem;line-height:1.25;margin:.5rem 0}h2{font-size:1.2rem;margin:2rem 0 .5rem;
        border-bottom:1px solid var(--line);padding-bottom:.25rem}h3{font-size:1rem;margin:1.25rem 0 .25rem}
        p{margin:.25rem 0}.where,figcaption,footer,dt{color:var(--faint);font-size:.875rem}
        code,.path{overflow-wrap:anywhere}code,pre,.path{font-family:ui-monospace,monospace;font-size:.875rem}
        pre{background:var(--box);border:1px solid var(--line);border-radius:4px;padding:.5rem;margin:.25rem 0 .75rem;
        overflow-x:auto;overflow-wrap:normal}
        del,ins{text-decoration:none}del{color:var(--del)}ins{color:var(--ins)}
        .tiles{display:grid;grid-template-columns:repeat(auto-fill,minmax(9rem,1fr));gap:.5rem;margin:.5rem 0}
        .tiles div{background:var(--box);border:1px solid var(--line);border-radius:4px;padding:.5rem .75rem}
        dd{margin:0;font-size:1.25rem;font-variant-numeric:tabular-nums}
        table{border-collapse:collapse;width:100%;margin:.5rem 0;font-size:.875rem}
        th,td{text-align:right;padding:.25rem .5rem;border-bottom:1px solid var(--line);vertical-align:top;
        font-variant-numeric:tabular-nums}
        tbody th{overflow-wrap:anywhere;min-width:6rem}
        th:first-child,th:last-child,td:last-child{text-align:left}thead th{color:var(--faint);font-weight:600}
        .figures th:last-child,.figures td:last-child{text-align:right}.bad{color:var(--mark);font-weight:600}
        ul{padding-left:1.25rem;margin:.25rem 0}li{margin:.25rem 0}
        figure{margin:.5rem 0}svg{display:block;width:100%;height:32px;background:var(--track);border-radius:2px}
        rect{fill:var(--mark)}footer{margin-top:2rem;border-top:1px solid var(--line);padding-top:.5rem}
        @media(max-width:40rem){table,tbody,tr,th,td{display:block}thead{display:none}
        tr{border:1px solid var(--line);border-radius:4px;margin:.5rem 0;padding:.25rem .5rem}
        tbody th,td,.figures td:last-child{border:0;padding:.125rem 0;text-align:left}
        td{display:flex;justify-content:space-between;gap:1rem}td::before{content:attr(data-label);color:var(--faint)}}
        @media print{pre{overflow:visible;white-space:pre-wrap}}
        """;

    private PageStyle() {}

    /**
     * Everything up to the content of the body.
     *
     * @param title as HTML
     */
    public static String head(String title) {
        return """
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <meta name="viewport" content="width=device-width,initial-scale=1">
            <meta name="referrer" content="no-referrer">
            <title>%s</title>
            <style>
            %s</style></head><body>
            """.formatted(title, CSS);
    }
}
