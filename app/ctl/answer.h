#pragma once

#include "values/error.h"

#include <QJsonObject>
#include <QString>

namespace tidemark::ctl {

// The exit code, as monitoring systems read it.
enum class Level { Ok = 0, Warning = 1, Critical = 2, Unknown = 3 };

// The one that asks for more: critical before unknown before warning.
[[nodiscard]] Level worse(Level a, Level b);
[[nodiscard]] QString levelWord(Level level); // "ok", the word in JSON and in front of the summary

// What a command has to say: text for people, the same as JSON, and one line for stderr when it failed.
struct Answer {
    Level level = Level::Ok;
    QString text;
    QJsonObject json;
    QString error;
};

// The command was not understood, or what it needs is not there: exit code 3 and one line.
[[nodiscard]] Answer misused(const QString &why);
[[nodiscard]] Answer failed(const Error &error);

} // namespace tidemark::ctl
