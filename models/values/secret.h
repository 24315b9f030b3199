#pragma once

#include <QByteArray>

#include <memory>
#include <string.h> // explicit_bzero is not in <cstring>

namespace tidemark {

// A password, token or key. It has no way to a log, a debug stream or a string but reveal(), which is called
// where the secret is handed to the library that needs it and nowhere else. Copies share one buffer, and the
// last of them wipes it, also when that happens by assignment or in another thread. A QByteArray that still
// shares what reveal() answered keeps the bytes whole, and unwiped, so do not store one.
class Secret
{
public:
    Secret() = default;
    // Takes the bytes over; those of a caller that keeps them are copied and stay the caller's to wipe.
    explicit Secret(QByteArray bytes)
        : m_held(std::make_shared<const Held>(std::move(bytes)))
    {
    }

    [[nodiscard]] bool isEmpty() const { return reveal().isEmpty(); }
    [[nodiscard]] const QByteArray &reveal() const
    {
        static const QByteArray none;
        return m_held ? m_held->bytes : none;
    }
    bool operator==(const Secret &other) const { return reveal() == other.reveal(); }

private:
    struct Held {
        explicit Held(QByteArray taken)
            : bytes(std::move(taken))
        {
            bytes.detach();
        }
        Held(const Held &) = delete;
        Held &operator=(const Held &) = delete;
        ~Held()
        {
            if (!bytes.isEmpty() && bytes.isDetached())
                explicit_bzero(bytes.data(), static_cast<std::size_t>(bytes.size()));
        }
        QByteArray bytes;
    };

    std::shared_ptr<const Held> m_held;
};

} // namespace tidemark
