#pragma once

#include "values/bytes.h"
#include "values/duration.h"

#include <QString>
#include <QStringList>

#include <chrono>
#include <optional>

namespace tidemark::yaml {

// Why a text is not a value of its kind.
struct Complaint {
    QString text;
    QString remedy;
};

// A kind of value: how it is called, an example, the pattern the schema gives, and the check.
struct ScalarKind {
    QString name;
    QString example;
    QString pattern;
    std::optional<Complaint> (*check)(const QString &text) = nullptr;
};

[[nodiscard]] const ScalarKind &anyText();
[[nodiscard]] const ScalarKind &nameText(); // one line, no white space around it
[[nodiscard]] const ScalarKind &wholeNumber();
[[nodiscard]] const ScalarKind &port();
[[nodiscard]] const ScalarKind &percent();
[[nodiscard]] const ScalarKind &duration();
[[nodiscard]] const ScalarKind &size();
[[nodiscard]] const ScalarKind &zone();
[[nodiscard]] const ScalarKind &httpsUrl();
[[nodiscard]] const ScalarKind &fingerprint();

// "4 TB" (powers of 1000), "512 MiB" (powers of 1024), "1024".
[[nodiscard]] std::optional<Bytes> parseSize(const QString &text);
[[nodiscard]] QString sizeText(Bytes bytes);
[[nodiscard]] std::optional<double> parsePercent(const QString &text); // "99.9 %", "80%"
[[nodiscard]] QString percentText(double percent);
// Lower case, 32 pairs joined by ':'.
[[nodiscard]] QString plainFingerprint(const QString &text);

} // namespace tidemark::yaml
