package io.pickaroon.app.scan;

import io.pickaroon.processor.LogSearch;
import java.io.IOException;

/** Makes the answer about one file of its windows. Used by one thread at a time. */
interface FileReport extends LogSearch.Findings {
    /** True if a record was selected. */
    boolean hasSelected();

    /** Tells what is known when the file was read, as far as it could be. */
    void end() throws IOException;
}
