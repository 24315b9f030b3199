#pragma once

namespace tidemark {

// What a kind of finding says, before names and numbers are put in. Words in braces are taken from the
// finding: {cluster} {source} {subject} {part} {count} {timeline} {items} {said} {since} {until}, and
// {measured:unit}, {limit:unit} with the units time, size, share and number. Evidence is a row of parts; one
// that would say nothing is left out.
struct FindingText {
    const char *code;
    const char *title;
    const char *consequence;
    const char *evidence; // parts are separated by " | "
};

// Nothing: no such code.
[[nodiscard]] const FindingText *findingText(const char *code);

} // namespace tidemark
