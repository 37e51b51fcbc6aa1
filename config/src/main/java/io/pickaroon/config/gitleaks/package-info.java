/** Rules for secrets in files of the format of gitleaks (TOML), with the place of each mistake. Knows no key of the settings. */
package io.pickaroon.config.gitleaks;
