package io.pickaroon.app.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Text in columns as wide as they need to be: those of numbers, hexadecimal ones too, aligned to the right. */
public final class Table {
    private static final String GAP = "  ";
    private static final Pattern NUMBER = Pattern.compile("-|[0-9a-f,.]+");

    private final List<List<String>> rows = new ArrayList<>();

    /** Adds a row; all rows have as many cells as the first. */
    public Table row(String... cells) {
        if (!rows.isEmpty() && rows.getFirst().size() != cells.length) {
            throw new IllegalArgumentException("a row of " + cells.length + " cells under one of "
                    + rows.getFirst().size());
        }
        rows.add(List.of(cells));
        return this;
    }

    /** The lines, each with a line end. The first row is a heading. */
    public String render() {
        int columns = rows.isEmpty() ? 0 : rows.getFirst().size();
        int[] widths = new int[columns];
        boolean[] numbers = new boolean[columns];
        for (int column = 0; column < columns; column++) {
            int at = column;
            widths[column] =
                    rows.stream().mapToInt(row -> row.get(at).length()).max().orElse(0);
            numbers[column] = rows.stream().skip(1).map(row -> row.get(at)).allMatch(Table::isNumber);
        }
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < columns; column++) {
                String cell = row.get(column);
                String padding = " ".repeat(widths[column] - cell.length());
                line.append(column == 0 ? "" : GAP).append(numbers[column] ? padding + cell : cell + padding);
            }
            text.append(line.toString().stripTrailing()).append(System.lineSeparator());
        }
        return text.toString();
    }

    private static boolean isNumber(String cell) {
        return NUMBER.matcher(cell).matches();
    }
}
