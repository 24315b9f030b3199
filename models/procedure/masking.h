#pragma once

#include <QByteArray>

namespace tidemark {

// What a step said, without what looks like a password: password=…, PGPASSWORD=…, scheme://user:…@, and the
// like. Scripts never carry secrets; this is for what programs say of themselves.
[[nodiscard]] QByteArray masked(const QByteArray &output);

} // namespace tidemark
