package io.pickaroon.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with what an input says of its records is told where it stands. */
class InputMistakesTest {
    @TempDir
    Path directory;

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "include: [ a ], path: '/{a}.log' | 2:32 'path' cannot stand beside 'include': expected exactly one of"
                        + " 'include', 'path' in an item of 'inputs'",
                "start: end                       | 2:5 expected exactly one of 'include', 'path' in an item of"
                        + " 'inputs', found none",
                "path: 'log/{a}.log'              | 2:22 'log/{a}.log' is no path with names: it has to begin with"
                        + " '/'",
                "path: '/log/a.log'               | 2:22 '/log/a.log' is no path with names: no part of it has a name,"
                        + " as in /var/log/{app}.log",
                "path: '/log/{a}{b}.log'          | 2:22 '/log/{a}{b}.log' is no path with names: nothing between 'a'"
                        + " and 'b' says where one ends",
                "path: '/log/{a}/{a}.log'         | 2:22 '/log/{a}/{a}.log' is no path with names: the name 'a' is"
                        + " there twice",
                "path: '/log/{a,b}.log'           | 2:22 '/log/{a,b}.log' is no path with names: '{a,b}' is no name of"
                        + " letters, digits, '_' or '-'; write \\{ for the character itself",
                "path: '/log/{a.log'              | 2:22 '/log/{a.log' is no path with names: '{' is not closed; write"
                        + " \\{ for the character itself",
                "path: '/log/{a}/'                | 2:22 the path ends with '/', as names of directories do; name the"
                        + " files in it, for example '/log/{a}/{name}.log'",
                "include: [ a ], host: '{input}'  | 2:40 'input' cannot be used here; names are env.NAME",
                "include: [ a ], host: '{field.x}' | 2:40 'field' cannot be used here; names are env.NAME",
                "include: [ a ], host: '{hostname}' | 2:40 there is no name 'hostname'; names are env.NAME",
                "include: [ a ], host: '{env.NO}' | 2:40 the environment variable 'NO' is not set or empty, and there"
                        + " is no default; set it or write {env.NAME:default}",
                "include: [ a ], host: ' a'       | 2:38 expected a host's name of 1 to 255 characters without blanks"
                        + " around it, which is not what ' a' stands for",
                "include: [ a ], fields: [ a ]    | 2:40 expected a mapping of names to values for 'fields', found a"
                        + " list",
                "include: [ a ], fields: { a: { b: c } } | 2:45 expected a text, found a mapping; write nested names"
                        + " with dots, as in 'a.name'",
                "include: [ a ], fields: { 'a:b': c } | 2:42 expected a field's name of 1 to 200 characters without"
                        + " '{', '}', ':' and control characters, found 'a:b'",
                "include: [ a ], fields: { '': c } | 2:42 expected a field's name of 1 to 200 characters without"
                        + " '{', '}', ':' and control characters, found ''",
                "include: [ a ], maxRate: 4095/s  | 2:41 expected a rate from 4KiB/s to 1024GiB/s, found '4095/s'",
                "include: [ a ], maxRate: 0/s     | 2:41 expected a rate from 4KiB/s to 1024GiB/s, found '0/s'",
                "include: [ a ], maxRate: 2000GiB/s | 2:41 expected a rate from 4KiB/s to 1024GiB/s, found"
                        + " '2000GiB/s'",
                "include: [ a ], maxRate: 5MiB    | 2:41 expected a rate from 4KiB/s to 1024GiB/s, found '5MiB' without"
                        + " '/s'; did you mean '5MiB/s'?",
                "include: [ a ], maxRate: 5M/s    | 2:41 expected a rate from 4KiB/s to 1024GiB/s, found '5M' with an"
                        + " unknown unit; did you mean '5MiB'?",
                "include: [ a ], maxRate: fast    | 2:41 expected a rate from 4KiB/s to 1024GiB/s, found 'fast'",
                "include: [ a ], time: {}         | 2:38 expected 'format' or 'regex' in 'time', found neither; names"
                        + " of formats are iso8601, syslog, clf, epoch, log4j, glog",
                "include: [ a ], time: { format: syslgo } | 2:48 'syslgo' is no format of a time: unknown time"
                        + " 'syslgo'; did you mean 'syslog'?",
                "include: [ a ], time: { format: 'yyyy MM' } | 2:48 'yyyy MM' is no format of a time: the pattern"
                        + " 'yyyy MM' does not give a whole time: day and hour are missing",
                "include: [ a ], time: { format: 'MMM d HH:mm' } | 2:48 a pattern needs 'regex', whose group is the"
                        + " text of the time; without, 'format' is one of iso8601, syslog, clf, epoch, log4j, glog",
                "include: [ a ], time: { regex: '(a)', format: clf } | 2:62 with 'regex', 'format' is a pattern of"
                        + " Java; leave it out: a text as any of the names has it is read",
                "include: [ a ], time: { regex: '(a)(b)' } | 2:47 the expression has 2 groups, and the time is what its"
                        + " only group matches; write (?:..) for groups that only hold something together",
                "include: [ a ], time: { regex: a } | 2:47 the expression has no group, and the time is what its only"
                        + " group matches; write (?:..) for groups that only hold something together",
                "include: [ a ], time: { format: clf, zone: Berlin } | 2:59 expected a time zone such as UTC,"
                        + " Europe/Berlin or +02:00, found 'Berlin'",
                "include: [ a ], timeSlack: 5s    | 2:43 'timeSlack' needs 'time': how records tell it",
                "include: [ a ], start: { at: 10m } | 2:45 expected a time such as '2026-11-29T08:05:30+01:00',"
                        + " '2026-11-29 08:05', '2026-11-29' or '10m ago', found '10m'; did you mean '10m ago'?",
                "include: [ a ], start: { at: now } | 2:39 'start: { at: TIME }' needs 'time': how the records of the"
                        + " input tell their time",
                "include: [ a ], start: middle    | 2:39 expected one of 'beginning', 'end', or { at: TIME }, found"
                        + " 'middle'",
                "include: [ a ], parse: jsn       | 2:39 expected one of 'none', 'json', 'logfmt', or { regex: '..' },"
                        + " found 'jsn'; did you mean 'json'?",
                "include: [ a ], parse: [ json ]  | 2:39 expected one of 'none', 'json', 'logfmt', or { regex: '..' },"
                        + " found a list",
                "include: [ a ], parse: { regx: a } | 2:41 unknown key 'regx' in 'parse'; did you mean 'regex'?",
                "include: [ a ], parse: {}        | 2:39 missing key 'regex' in 'parse'",
                "include: [ a ], parse: { regex: '(a)' } | 2:48 the expression has no named group, and so reads no"
                        + " field; write (?<name>...) in it",
            })
    void isToldWithItsPlace(String input, String mistake) {
        assertThat(SettingsFile.of(directory, """
            inputs:
              - { id: app, %s }
            rules:
              - { id: r, match: { literal: a }, emit: { topic: t, key: '{field.x:}{path.y:}' } }
            output: { console: {} }
            """.formatted(input).replace(", key: '{field.x:}{path.y:}'", ""))
                        .mistakes())
                .containsExactly(mistake);
    }

    /** A name that only some inputs have can be missing; one of each of them cannot. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{path.app}    | true",
                "{path.n}      | false",
                "{field.env}   | true",
                "{field.team}  | false",
                "{field.empty} | false",
                "{field.user}  | false",
            })
    void whatAllInputsHaveIsNeverMissing(String name, boolean isCertain) {
        SettingsFile file = SettingsFile.of(directory, """
            inputs:
              - { id: a, path: '/a/{app}/{n}.log', fields: { env: x, empty: '', team: t }, parse: logfmt }
              - { id: b, path: '/b/{app}.log', fields: { env: '${ENV}' } }
            rules:
              - { id: r, match: { literal: a }, emit: { topic: t, key: '%s' } }
            output: { kafka: { bootstrapServers: 'a:1' } }
            """.formatted(name));

        assertThat(file.with(Map.of("ENV", "y")).mistakes().isEmpty()).isEqualTo(isCertain);
    }

    /** What follows from a mistake is not told. */
    @Test
    void aWrongExpressionOfAnInputIsTheOnlyMistake() {
        assertThat(SettingsFile.of(directory, """
            inputs:
              - { id: a, path: '/a.log', parse: { regex: '(a)' } }
            rules:
              - id: r
                match: { all: [ { regex: '' }, { field: { name: x, equals: y } } ] }
                emit: { topic: t, key: '{field.x:}{path.y:}' }
            output: { kafka: { bootstrapServers: 'a:1', maxTopics: 0 } }
            """).mistakes())
                .containsExactly(
                        "2:20 '/a.log' is no path with names: no part of it has a name, as in /var/log/{app}.log",
                        "2:46 the expression has no named group, and so reads no field; write (?<name>...) in it",
                        "7:56 expected a whole number from 1 to 100,000, found '0'");
    }
}
