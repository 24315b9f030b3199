#pragma once

#include "items/servertablemodel.h"
#include "shell/page.h"

class QLabel;
class QBoxLayout;
class QLineEdit;
class QPushButton;
class QStackedWidget;

namespace tidemark {

class Banner;
class SegmentedControl;
class ServerTable;
class StepHead;
class TextLabel;

// Step 1 of the first run: finding PostgreSQL servers and asking each what it is.
class ServersStep : public QWidget
{
    Q_OBJECT

public:
    explicit ServersStep(PageContext context, QWidget *parent = nullptr);
    [[nodiscard]] const std::vector<SetupServer> &servers() const { return m_model->rows(); }
    void readServiceFile(const QString &path);
    void testAll();

Q_SIGNALS:
    void changed();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    [[nodiscard]] QWidget *serviceFields();
    [[nodiscard]] QWidget *hostFields();
    [[nodiscard]] QWidget *uriFields();
    [[nodiscard]] QWidget *ways();
    void takeServices(const QString &path, const Result<QByteArray> &bytes);
    void addHost();
    void addUri();
    void add(const ConnectSpec &spec);
    void test(const QString &name, std::optional<Secret> password, bool keep);
    void tested(const QString &name, const Result<ServerFacts> &facts);
    void keepPassword(const QString &name, const Secret &password);
    void openLink(int row);
    void askPassword(const SetupServer &server);
    void replace(const SetupServer &server);
    void browse();
    void follow();
    [[nodiscard]] const SetupServer *obstructed() const;
    void sayObstacle();

    PageContext m_context;
    ServerTableModel *m_model;
    ServerTable *m_table;
    StepHead *m_head;
    SegmentedControl *m_way;
    QStackedWidget *m_fields;
    QLineEdit *m_path;
    TextLabel *m_count;
    QLineEdit *m_host;
    QLineEdit *m_port;
    QLineEdit *m_database;
    QLineEdit *m_user;
    QLineEdit *m_uri;
    QPushButton *m_testAll;
    Banner *m_banner;
    QString m_fileTrouble; // why the service file gave nothing
    QBoxLayout *m_ways = nullptr;
    TaskScope m_tasks;
};

} // namespace tidemark
