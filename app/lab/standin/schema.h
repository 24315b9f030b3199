#pragma once

#include <QJsonObject>
#include <QList>
#include <QPair>
#include <QString>
#include <QStringList>

namespace tidemark::standin {

// What one parameter may be. Written "name:type", "name*:type" when it must be given; the type is one of the
// named ones in schema.cpp or a list of words "{a|b}", with "[]" before it for an array.
struct Parameter {
    QString name;
    QString type;
    bool required = false;
    bool isArray = false;
};

struct Schema {
    QList<Parameter> parameters;
    bool open = false; // further parameters are taken and forgotten

    // Parameters separated by blanks; "…" leaves it open.
    [[nodiscard]] static Schema parse(const QString &text);
    [[nodiscard]] const Parameter *find(const QString &name) const;
};

struct Verified {
    QJsonObject values;
    QList<QPair<QString, QString>> errors; // parameter, text
};

using TextPairs = QList<QPair<QString, QString>>;

// Texts from a query or a form, as PBS checks them: first what is given, then what is missing.
[[nodiscard]] Verified verifyTexts(const Schema &schema, const TextPairs &given);
// A JSON body, strictly typed; the path's own parameters come as texts.
[[nodiscard]] Verified verifyJson(const Schema &schema, const QJsonObject &given, const TextPairs &path);

// "parameter verification failed - 'x': …", or a line for each.
[[nodiscard]] QString parameterErrorText(const QList<QPair<QString, QString>> &errors);

} // namespace tidemark::standin
