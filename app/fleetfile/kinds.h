#pragma once

#include "wal/lsn.h"
#include "yaml/binding.h"

namespace tidemark::fleetfile {

// Kinds of value that only the fleet file has.
[[nodiscard]] const yaml::ScalarKind &systemIdentifier();
[[nodiscard]] const yaml::ScalarKind &pbsUser(); // user@realm
[[nodiscard]] const yaml::ScalarKind &pbsToken(); // user@realm!name
[[nodiscard]] const yaml::ScalarKind &pbsGroup(); // vm/2001

// Why a schedule's `when` is not of its form; nothing when it is.
[[nodiscard]] std::optional<yaml::Complaint> checkWhen(const QString &when, const QString &form);

} // namespace tidemark::fleetfile

template <>
struct tidemark::yaml::Words<std::optional<tidemark::SystemId>> {
    static std::optional<SystemId> read(const QString &text) { return SystemId { text.toULongLong() }; }
    static std::optional<QString> write(const std::optional<SystemId> &value)
    {
        return value ? std::optional(QString::number(value->value)) : std::nullopt;
    }
};
