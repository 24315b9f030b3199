#pragma once

#include <QByteArray>

namespace tidemark {

// A password, token or key. It has no way to a log, a QVariant, a debug stream or a string but reveal(),
// which is called where the secret is handed to the library that needs it and nowhere else. The bytes are
// wiped with the last copy.
class Secret
{
public:
    Secret() = default;
    explicit Secret(QByteArray bytes)
        : m_bytes(std::move(bytes))
    {
        m_bytes.detach();
    }
    Secret(const Secret &) = default;
    Secret(Secret &&) noexcept = default;
    Secret &operator=(const Secret &) = default;
    Secret &operator=(Secret &&) noexcept = default;
    ~Secret()
    {
        if (m_bytes.isDetached())
            m_bytes.fill('\0');
    }

    [[nodiscard]] bool isEmpty() const { return m_bytes.isEmpty(); }
    [[nodiscard]] const QByteArray &reveal() const { return m_bytes; }
    bool operator==(const Secret &) const = default;

private:
    QByteArray m_bytes;
};

} // namespace tidemark
