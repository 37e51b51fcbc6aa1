package io.pickaroon.processor.detect;

/**
 * International bank account numbers (ISO 13616): in capitals, as long as the country has them, with valid check digits (mod 97),
 * in one piece or in groups of four with single spaces. The country and the last four characters stay.
 */
final class IbanFinder implements Finder {
    private static final int KEPT_LAST = 4;
    private static final int COUNTRY = 2;
    private static final int GROUP = 4;
    /** How long the number of a country is; of the registry of SWIFT. */
    private static final String LENGTHS = "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28"
        + " CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28"
        + " IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27"
        + " MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27"
        + " SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30";

    private static final byte[] LENGTH_OF = lengthsOfCountries();

    @Override
    public void find(byte[] bytes, int start, int end, Places found) {
        for (int at = start; at + 2 * COUNTRY <= end; at++) {
            if (Ascii.isUpper(bytes[at])
                    && Ascii.isUpper(bytes[at + 1])
                    && Ascii.isDigit(bytes[at + 2])
                    && Ascii.isDigit(bytes[at + 3])
                    && (at == start || !Ascii.isWord(bytes[at - 1]))) {
                int to = endOfIban(bytes, at, end);
                if (to >= 0) {
                    found.add(at, to);
                    found.hideAllBut(KEPT_LAST, bytes, at + COUNTRY, to);
                    at = to - 1;
                }
            }
        }
    }

    private static int endOfIban(byte[] bytes, int start, int end) {
        int length = LENGTH_OF[26 * (bytes[start] - 'A') + bytes[start + 1] - 'A'];
        int at = start;
        int mod = 0;
        boolean isGrouped = start + GROUP < end && bytes[start + GROUP] == ' ';
        for (int count = 0; count < length; count++) {
            if (isGrouped && count > 0 && count % GROUP == 0) {
                if (at == end || bytes[at] != ' ') {
                    return -1;
                }
                at++;
            }
            if (at == end || !Ascii.isUpper(bytes[at]) && !Ascii.isDigit(bytes[at])) {
                return -1;
            }
            if (count >= GROUP) {
                mod = with(bytes[at], mod);
            }
            at++;
        }
        for (int i = start; i < start + GROUP; i++) {
            mod = with(bytes[i], mod);
        }
        boolean ends = at == end || !Ascii.isWord(bytes[at]);
        return length > 0 && ends && mod == 1 ? at : -1;
    }

    private static int with(byte character, int mod) {
        return Ascii.isDigit(character) ? (10 * mod + character - '0') % 97 : (100 * mod + character - 'A' + 10) % 97;
    }

    private static byte[] lengthsOfCountries() {
        byte[] byLetters = new byte[26 * 26];
        for (String country : LENGTHS.split(" ", -1)) {
            byLetters[26 * (country.charAt(0) - 'A') + country.charAt(1) - 'A'] =
                    Byte.parseByte(country.substring(COUNTRY));
        }
        return byLetters;
    }
}
