#pragma once

#include <QJsonArray>
#include <QJsonObject>
#include <QString>

#include <optional>
#include <vector>

namespace tidemark::standin {

// Something to go wrong on purpose.
struct Fault {
    enum class Kind {
        Delay, // the answer comes late
        CutBody, // the connection ends in the middle of the body
        GarbleJson, // the body is no JSON any more
        Status, // a status of one's choice, with the text PBS would send
        SlowBytes, // byte by byte
        DropBeforeHeaders, // read the request, hang up
        DropAfterHeaders, // send the head, hang up
        ShortLength, // content-length says less than comes
        LongLength, // content-length says more than comes
        CutHandshake, // hang up in the middle of the TLS handshake
        Hang, // never answer
        ProxyError, // 502 with HTML, as a reverse proxy in front would say
    };
    Kind kind = Kind::Delay;
    QString path; // only requests whose path begins with it; empty: all
    int times = -1; // how often it strikes; -1: until it is cleared
    int ms = 0; // Delay; pause between bytes for SlowBytes
    int status = 500; // Status

    bool operator==(const Fault &) const = default;
};

[[nodiscard]] QString wordFor(Fault::Kind kind);
[[nodiscard]] std::optional<Fault> faultFromJson(const QJsonObject &json);
[[nodiscard]] QJsonObject toJson(const Fault &fault);

// The faults in force.
class Faults
{
public:
    void add(const Fault &fault) { m_faults.push_back(fault); }
    void clear() { m_faults.clear(); }
    // The first one for that path, counted down.
    [[nodiscard]] std::optional<Fault> takeFor(const QString &path);
    [[nodiscard]] bool takeHandshakeCut();
    [[nodiscard]] QJsonArray list() const;

private:
    template <class Fits>
    std::optional<Fault> take(Fits fits);

    std::vector<Fault> m_faults;
};

} // namespace tidemark::standin
