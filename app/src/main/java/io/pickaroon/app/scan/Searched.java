package io.pickaroon.app.scan;

import io.pickaroon.processor.rule.Pattern;
import java.util.List;

/**
 * What is searched for.
 *
 * @param patterns the patterns
 * @param texts each of them as it was written
 */
record Searched(List<Pattern> patterns, List<String> texts) {}
