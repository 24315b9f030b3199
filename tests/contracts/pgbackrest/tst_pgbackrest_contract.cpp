#include "pgbackrestcontract.h"

class TestPgBackRestContract : public tidemark::test::PgBackRestContract
{
    Q_OBJECT

protected:
    std::shared_ptr<tidemark::test::ToolMachine> machine() override
    {
        return m_tools = std::make_shared<tidemark::test::MemoryTools>();
    }
    std::shared_ptr<tidemark::HostReader> host() override { return m_tools->reader(); }

private:
    std::shared_ptr<tidemark::test::MemoryTools> m_tools;
};

QTEST_GUILESS_MAIN(TestPgBackRestContract)
#include "tst_pgbackrest_contract.moc"
