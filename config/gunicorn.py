"""How the web server runs, in service and on one machine alike."""

worker_class = "gthread"
threads = 4
control_socket_disable = True
accesslog = "-"
# The path alone: what is searched for stands in queries, and in the addresses people come from.
access_log_format = '%(h)s %(t)s "%(m)s %(U)s %(H)s" %(s)s %(B)s %(M)s ms'
