// arch: x86-64
// link: ld.lld-19 -shared --strip-all -Ttext=0x10000
// expect: OH301 f+0x5
// expect: OH301 f+0x6
// rule: OH301
// source: the like of docs/findings/015
// why: the expression over the address, as in a procedure linkage table, knows of the pushed word one
//      instruction late: at 6, when it is gone again, and not at 5

	.text
	.globl	f
	.type	f, %function
	.p2align 4
f:
	.cfi_startproc
	// CFA = rsp + 8 + (((rip & 15) >= 6) << 3)
	.cfi_escape	0x0f, 0x0b, 0x77, 0x08, 0x80, 0x00, 0x3f, 0x1a, 0x36, 0x2a, 0x33, 0x24, 0x22
	pushq	$0x11223344
	popq	%rax
	ret
	.cfi_endproc
	.size	f, .-f
