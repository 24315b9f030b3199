#pragma once

#include <QString>

#include <memory>

namespace tidemark {

// A private folder with a short path for the socket of a tunnel or of a connection; it goes with this object.
// While its program lives the kernel holds a lock on it, so that what a killed program left behind can be
// told from it.
class TunnelFolder
{
public:
    // Below XDG_RUNTIME_DIR, or /tmp. Its path is empty when none can be made.
    [[nodiscard]] static std::unique_ptr<TunnelFolder> make();
    // Removes those of programs that were killed, where make() makes them; answers how many.
    static int removeAbandoned();

    TunnelFolder(const TunnelFolder &) = delete;
    TunnelFolder &operator=(const TunnelFolder &) = delete;
    ~TunnelFolder();

    [[nodiscard]] const QString &path() const { return m_path; }
    [[nodiscard]] QString socketFile() const;

private:
    TunnelFolder(QString path, int lock);

    QString m_path;
    int m_lock = -1;
};

} // namespace tidemark
