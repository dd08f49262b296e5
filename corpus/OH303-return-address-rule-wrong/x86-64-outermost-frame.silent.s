// arch: x86-64
// rule: OH303
// expect: silent
// flags: -O2
// why: _start has no caller: its return address is declared undefined (psABI 3.4.1)

	.text
	.globl	_start
	.type	_start, %function
_start:
	.cfi_startproc
	.cfi_undefined	16
	xorl	%ebp, %ebp
	movq	%rsp, %rdi
	call	main_c
	hlt
	.cfi_endproc
	.size	_start, .-_start
