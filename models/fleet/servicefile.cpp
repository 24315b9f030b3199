#include "fleet/servicefile.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

class Reader
{
public:
    Services read(const QByteArray &text)
    {
        const QString whole = QString::fromUtf8(text);
        for (const QString &raw : whole.split(u'\n')) {
            ++m_line;
            readLine(raw.trimmed());
        }
        return std::move(m_services);
    }

private:
    void readLine(const QString &line)
    {
        if (line.isEmpty() || line.startsWith(u'#'))
            return;
        if (line.startsWith(u'['))
            openSection(line);
        else
            readSetting(line);
    }
    void openSection(const QString &line)
    {
        m_inSection = false;
        if (!line.endsWith(u']'))
            return problem(u"section is not closed by \"]\""_s);
        const QString name = line.mid(1, line.size() - 2);
        if (name.isEmpty())
            return problem(u"section has no name"_s);
        const auto same = [&](const Service &service) { return service.name == name; };
        if (std::any_of(m_services.list.begin(), m_services.list.end(), same))
            return problem(u"service \"%1\" is defined twice; libpq uses the first"_s.arg(name));
        Service service { name, {}, m_line };
        service.connect.service = name;
        m_services.list.push_back(service);
        m_inSection = true;
    }
    void readSetting(const QString &line)
    {
        const qsizetype at = line.indexOf(u'=');
        if (at <= 0)
            return problem(u"expected key=value"_s);
        if (m_inSection)
            set(m_services.list.back().connect, line.left(at), line.mid(at + 1));
    }
    void set(ConnectSpec &spec, const QString &key, const QString &value)
    {
        if (key == u"host" || (key == u"hostaddr" && spec.host.isEmpty()))
            spec.host = value;
        else if (key == u"port")
            setPort(spec, value);
        else if (key == u"dbname")
            spec.database = value;
        else if (key == u"user")
            spec.user = value;
        else if (key == u"sslmode")
            spec.sslMode = value;
        else if (key == u"sslrootcert")
            spec.sslRootCert = value;
        else if (key == u"service")
            problem(u"a service cannot name another service"_s);
    }
    void setPort(ConnectSpec &spec, const QString &value)
    {
        bool ok = false;
        const int port = value.toInt(&ok);
        if (ok && port > 0 && port < 65536)
            spec.port = port;
        else
            problem(u"\"%1\" is not a port"_s.arg(value));
    }
    void problem(const QString &text) { m_services.problems.push_back({ m_line, text }); }

    Services m_services;
    int m_line = 0;
    bool m_inSection = false;
};

} // namespace

Services parseServices(const QByteArray &text)
{
    return Reader().read(text);
}

} // namespace tidemark
